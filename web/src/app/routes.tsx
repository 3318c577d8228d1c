// Every address of the page. The server answers each of them with the document (api/routes.cpp lists them).
import { type ComponentType, lazy, useEffect } from "react";
import { createBrowserRouter, Navigate, useNavigate, useParams } from "react-router-dom";

import { basePath } from "../api/base_path";
import { sentenceOf } from "../api/errors";
import { useCurrentRun, useRuns } from "../api/queries";
import { Button } from "../parts/button";
import { Notice } from "../parts/notice";
import { Waiting } from "../parts/waiting";
import { signOut } from "../session/session";
import { BrokenPage, NothingHere } from "./nothing_here";
import { Resume } from "./resume";
import { Shell } from "./shell";
import { signOutAddress } from "./user_menu";

// Each is loaded when a person first comes to it, so that the first page of all is there soon.
const ConfigurePage = lazy(async () => ({
  default: (await import("../configure/configure_page")).ConfigurePage,
}));
const PreviewPage = lazy(async () => ({
  default: (await import("../preview/preview_page")).PreviewPage,
}));
const IngestPage = lazy(async () => ({
  default: (await import("../watch/ingest_page")).IngestPage,
}));
const SummaryPage = lazy(async () => ({
  default: (await import("../summary/summary_page")).SummaryPage,
}));

const JobsPage = lazy(async () => ({
  default: (await import("../jobs/jobs_page")).JobsPage,
}));
const RunsPage = lazy(async () => ({
  default: (await import("../runs/runs_page")).RunsPage,
}));
const ComparePage = lazy(async () => ({
  default: (await import("../runs/compare_page")).ComparePage,
}));
const JobPage = lazy(async () => ({
  default: (await import("../jobs/job_page")).JobPage,
}));

let made: ReturnType<typeof createBrowserRouter> | null = null;

// Made when a person is let in: what the address carried was taken out of it by then.
export function pageRouter() {
  made ??= createBrowserRouter(
    [
      {
        element: <Shell />,
        errorElement: <BrokenPage />,
        children: [
          { path: "/", element: <Resume /> },
          { path: "/configure", element: <ConfigurePage /> },
          { path: "/preview", element: <PreviewPage /> },
          { path: "/ingest", element: <Resume /> },
          { path: "/ingest/:run", element: <OfRun page={IngestPage} /> },
          { path: "/summary", element: <NewestSummary /> },
          { path: "/summary/:run", element: <OfRun page={SummaryPage} /> },
          { path: "/runs", element: <RunsPage /> },
          { path: "/runs/:run/compare/:other", element: <ComparePage /> },
          { path: "/jobs", element: <JobsPage /> },
          { path: "/jobs/:job", element: <OfJob /> },
          { path: signOutAddress, element: <SignOut /> },
          { path: "*", element: <NothingHere /> },
        ],
      },
    ],
    { basename: basePath === "" ? "/" : basePath },
  );
  return made;
}

// 0 where it is no id.
function idIn(written: string | undefined): number {
  const id = /^\d+$/.test(written ?? "") ? Number(written) : 0;
  return Number.isSafeInteger(id) ? id : 0;
}

// Another run, or job, is another page: nothing of one is shown as the other's.
function OfRun({ page: Page }: { page: ComponentType<{ run: number }> }) {
  const run = idIn(useParams().run);
  return run > 0 ? <Page key={run} run={run} /> : <NothingHere />;
}

function OfJob() {
  const job = idIn(useParams().job);
  return job > 0 ? <JobPage key={job} id={job} /> : <NothingHere />;
}

function NewestSummary() {
  const active = useCurrentRun();
  const runs = useRuns();
  const broken = [active, runs].find((one) => one.isError);
  if (active.data !== undefined && runs.data !== undefined) {
    const newest = runs.data.find((one) => one.run_id !== active.data);
    return <Navigate replace to={newest === undefined ? "/" : `/summary/${newest.run_id}`} />;
  }
  if (broken === undefined) return <Waiting>Looking for the newest run…</Waiting>;
  return (
    <Notice
      tone="bad"
      title={sentenceOf(broken.error)}
      actions={<Button onClick={() => void broken.refetch()}>Try again</Button>}
      alert
    />
  );
}

// By an address, so that whatever guards changes that are not saved asks first.
function SignOut() {
  const navigate = useNavigate();
  useEffect(() => {
    navigate("/", { replace: true });
    signOut();
  }, [navigate]);
  return null;
}
