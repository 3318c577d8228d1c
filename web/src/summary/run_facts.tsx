// When a run was, for how long, and who or what asked for it.
import { Link } from "react-router-dom";

import type { Run } from "../api/queries";
import { Moment } from "../parts/moment";
import { formatLasted } from "../text/times";
import { lastedOf } from "./outcome";

const triggers: Record<Run["trigger"], string> = {
  cli: "from the command line",
  api: "on request",
  schedule: "by the schedule",
  retry: "as a retry",
};

export function RunFacts({ run }: { run: Run }) {
  const lasted = lastedOf(run);
  return (
    <p>
      {run.started_at === null ? "Asked for" : "Started"} {triggers[run.trigger]}
      {run.parent_run_id !== null && (
        <>
          {" "}
          of <Link to={`/summary/${run.parent_run_id}`}>run {run.parent_run_id}</Link>
        </>
      )}
      , <Moment at={run.started_at ?? run.created_at} />
      {run.finished_at !== null && (
        <>
          . Ended <Moment at={run.finished_at} />
        </>
      )}
      {lasted !== null && (
        <>
          , after <span className="numbers">{formatLasted(lasted)}</span>
        </>
      )}
      .
    </p>
  );
}
