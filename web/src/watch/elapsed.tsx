// How long a run has been at work, or was; of one that waits for a worker, since when.
import type { Run, RunStatus } from "../api/queries";
import { Moment, useNow } from "../parts/moment";
import { formatElapsed } from "../text/times";

interface ElapsedProps {
  run: Run;
  status: RunStatus; // by the stream, which may know more
}

export function Elapsed({ run, status }: ElapsedProps) {
  if (run.started_at !== null) return <Lasting from={run.started_at} until={run.finished_at} />;
  if (status !== "pending") return null;
  return (
    <span>
      Queued <Moment at={run.created_at} as="age" />
    </span>
  );
}

function Lasting({ from, until }: { from: string; until: string | null }) {
  const now = useNow(until === null ? 1000 : 0);
  const end = until === null ? now : Date.parse(until);
  return <span className="numbers">{formatElapsed(end - Date.parse(from))}</span>;
}
