// Every address of the page. The server answers each of them with the document (api/routes.cpp lists them).
import { createBrowserRouter, Navigate, useParams } from "react-router-dom";

import { basePath } from "../api/base_path";
import { useCurrentRun, useRuns } from "../api/queries";
import { ConfigurePage } from "../configure/configure_page";
import { PreviewPage } from "../preview/preview_page";
import { Waiting } from "../parts/waiting";
import { SummaryPage } from "../summary/summary_page";
import { IngestPage } from "../watch/ingest_page";
import { BrokenPage, NothingHere } from "./nothing_here";
import { Resume } from "./resume";
import { Shell } from "./shell";

export const router = createBrowserRouter(
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
        { path: "*", element: <NothingHere /> },
      ],
    },
  ],
  { basename: basePath === "" ? "/" : basePath },
);

function OfRun({ page: Page }: { page: (props: { run: number }) => React.ReactNode }) {
  const run = Number(useParams().run);
  // Another run is another page: nothing of one is shown as the other's.
  return Number.isSafeInteger(run) && run > 0 ? <Page key={run} run={run} /> : <NothingHere />;
}

function NewestSummary() {
  const active = useCurrentRun().data;
  const newest = useRuns().data?.find((one) => one.run_id !== active);
  if (active === undefined) return <Waiting>Looking for the newest run…</Waiting>;
  return <Navigate replace to={newest === undefined ? "/" : `/summary/${newest.run_id}`} />;
}
