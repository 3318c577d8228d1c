// Follows a run's progress and its log for as long as a page shows it.
import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";

import { isFinal, keys, type Run, type RunStatus, type Schemas } from "../api/queries";
import type { Connection } from "./connection";
import { followEvents } from "./follow_events";
import { afterEvent, noProgress, type RunProgress } from "./progress";
import { RunLog } from "./run_log";

export interface RunStreams {
  progress: RunProgress;
  progressConnection: Connection;
  log: RunLog;
  logConnection: Connection;
}

const connecting: Connection = { kind: "connecting" };

export function useRunStreams(run: number): RunStreams {
  const queries = useQueryClient();
  const [log] = useState(() => new RunLog());
  const [progress, setProgress] = useState(noProgress);
  const [progressConnection, setProgressConnection] = useState(connecting);
  const [logConnection, setLogConnection] = useState(connecting);

  useEffect(() => {
    const stop = new AbortController();
    const lookAgainAt = (queryKey: QueryKey) => void queries.invalidateQueries({ queryKey });
    let final = false;
    let readsAfterEnd = 0;
    const progressEnds = followEvents({
      path: `/api/ingestion/progress/${run}`,
      signal: stop.signal,
      onEvent: (event) => {
        setProgress((before) => afterEvent(before, event));
        if (event.event !== "status") return;
        const status = event.data as RunStatus;
        final = isFinal(status);
        // What was asked of the server while the run waited knows nothing of its start.
        const known = queries.getQueryData<Run>(keys.run(run));
        if (status !== "pending" && !final && known?.started_at === null)
          lookAgainAt(keys.run(run));
      },
      onConnection: setProgressConnection,
      isOver: () => final,
    });
    void progressEnds.then(() => {
      if (stop.signal.aborted) return;
      // What was asked of the server before knows nothing of the end.
      for (const key of [keys.run(run), keys.runs, keys.currentRun, keys.companies, keys.jobs])
        lookAgainAt(key);
    });
    void followEvents({
      path: `/api/ingestion/logs/${run}/stream`,
      signal: stop.signal,
      onEvent: (event) => log.add(JSON.parse(event.data) as Schemas["LogLine"]),
      onConnection: setLogConnection,
      // Every line is readable before the final status is told: one reading after it is the last.
      isOver: () => {
        if (final) readsAfterEnd += 1;
        return readsAfterEnd > 1;
      },
    });
    return () => stop.abort();
  }, [run, log, queries]);

  return { progress, progressConnection, log, logConnection };
}

// The lines as they stand, drawn anew as others come.
export function useLines(log: RunLog) {
  useSyncExternalStore(log.subscribe, log.snapshot);
  return log.all();
}
