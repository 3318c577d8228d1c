// Follows a run's progress and its log for as long as a page shows it.
import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { isFinal, keys, type Run, type RunStatus, type Schemas } from "../api/queries";
import type { Connection } from "./connection";
import { followEvents } from "./follow_events";
import { loadLines } from "./load_log";
import { LogLines } from "./log_lines";
import { LogNewsCounts } from "./log_news_counts";
import { afterEvent, noProgress, type RunProgress } from "./progress";

export interface RunStreams {
  progress: RunProgress;
  progressConnection: Connection;
  log: LogLines; // all of it
  news: LogNewsCounts; // of lines that came while it was followed
  logConnection: Connection;
}

const connecting: Connection = { kind: "connecting" };

export function useRunStreams(run: number): RunStreams {
  const queries = useQueryClient();
  const [log] = useState(() => new LogLines((query, signal) => loadLines(run, query, signal)));
  const [news] = useState(() => new LogNewsCounts());
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
      // The last lines at once, however long it is.
      begin: async () => {
        await log.loadTail(stop.signal);
        return String(log.count);
      },
      onEvent: (event) => {
        const line = JSON.parse(event.data) as Schemas["LogLine"];
        if (log.append(line)) news.add(line.level);
      },
      onConnection: setLogConnection,
      // Every line is readable before the final status is told: one reading after it is the last.
      isOver: () => {
        if (final) readsAfterEnd += 1;
        return readsAfterEnd > 1;
      },
    });
    return () => stop.abort();
  }, [run, log, news, queries]);

  return { progress, progressConnection, log, news, logConnection };
}
