// What stands around every page: the bar with who is signed in, the stages, and the main landmark.
import { Tooltip } from "radix-ui";
import { Suspense, useState } from "react";
import { Link, NavLink, Outlet, ScrollRestoration, useLocation } from "react-router-dom";

import { useCurrentRun, useDatabase, useIsMissing, useRuns, useSettings } from "../api/queries";
import { Badge } from "../parts/badge";
import { Toasts } from "../parts/toasts";
import { useUnloadGuard } from "../parts/use_unload_guard";
import { Waiting } from "../parts/waiting";
import { useDrafts } from "../preview/drafts";
import { KeysDialog } from "./keys_dialog";
import { Stepper } from "./stepper";
import { type StepName, stepsFor } from "./steps";
import styles from "./shell.module.css";
import { UserMenu } from "./user_menu";

const address = /^\/(configure|preview|ingest|summary)(?:\/(\d+))?$/;

export function Shell() {
  const [showsKeys, setShowsKeys] = useState(false);
  useDraftsGuard();
  return (
    <Tooltip.Provider delayDuration={150}>
      <a className={styles.skip} href="#main">
        Skip to the content
      </a>
      <header className={styles.bar}>
        <Link to="/" className={styles.brand}>
          <Mark />
          <span>Rolecall</span>
        </Link>
        <DatabaseBadge />
        <nav aria-label="Pages" className={styles.pages}>
          <NavLink to="/jobs">Jobs</NavLink>
          <NavLink to="/runs">Runs</NavLink>
        </nav>
        <span className={styles.gap} />
        <UserMenu onKeys={() => setShowsKeys(true)} />
      </header>
      <div className={styles.stages}>
        <Stages />
      </div>
      <main id="main" tabIndex={-1} className={styles.main}>
        <Suspense fallback={<Waiting>Loading…</Waiting>}>
          <Outlet />
        </Suspense>
      </main>
      <KeysDialog open={showsKeys} onOpen={setShowsKeys} />
      <Toasts />
      <ScrollRestoration />
    </Tooltip.Provider>
  );
}

// They are kept from page to page, and by no loading anew.
function useDraftsGuard() {
  const { drafts } = useDrafts(useSettings().data);
  useUnloadGuard(Object.keys(drafts).length > 0);
}

function Stages() {
  const { pathname } = useLocation();
  const [, at, run] = address.exec(pathname) ?? [];
  const settings = useSettings();
  const activeRun = useCurrentRun().data;
  const runs = useRuns();
  const shownRun = run === undefined ? null : Number(run);
  const isMissing = useIsMissing(shownRun);
  const steps = stepsFor({
    at: (at as StepName | undefined) ?? null,
    enabled: settings.data?.filter((one) => one.is_enabled).length,
    activeRun,
    latestRun: runs.data && (runs.data[0]?.run_id ?? activeRun),
    shownRun,
    isMissing,
  });
  return <Stepper steps={steps} shown={at ?? null} />;
}

function DatabaseBadge() {
  const database = useDatabase();
  if (database.data?.database_type !== "TEST") return null;
  return (
    <Badge tone="warn" title="This server works on the test database.">
      TEST DB
    </Badge>
  );
}

function Mark() {
  return (
    <svg viewBox="0 0 32 32" width="24" height="24" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="var(--accent)" />
      <path
        d="m7 10 2 2 4-4M17 10h8M7 21l2 2 4-4M17 21h8"
        fill="none"
        stroke="var(--on-accent)"
        strokeWidth="3"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
