// Asks the server for lines of a log, and for where those stand that match.
import { api, dataOf } from "../api/client";
import type { LineQuery, LinesPage } from "./log_lines";
import type { LineFilter } from "./log_view";

export function loadLines(
  run: number,
  query: LineQuery & LineFilter & { start_time?: number },
  signal?: AbortSignal,
): Promise<LinesPage> {
  return dataOf(
    api.GET("/api/ingestion/logs/{run_id}", {
      params: { path: { run_id: run }, query },
      ...(signal === undefined ? {} : { signal }),
    }),
  );
}

interface MatchQuery {
  id: number; // of a line, from which the next are told; 0: from before the first
  buckets?: number;
}

export function loadMatches(run: number, query: LineFilter & MatchQuery, signal?: AbortSignal) {
  return dataOf(
    api.GET("/api/ingestion/logs/{run_id}/matches", {
      params: { path: { run_id: run }, query: { buckets: 1, ...query } },
      ...(signal === undefined ? {} : { signal }),
    }),
  );
}
