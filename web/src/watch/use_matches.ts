// Where the lines of a log stand that match what is sought.
import { keepPreviousData, useQuery } from "@tanstack/react-query";

import { useSettled } from "../parts/use_settled";
import { loadMatches } from "./load_log";
import type { LineFilter } from "./log_view";

// Parts of a log whose matches are counted, for the marks beside it.
const parts = 200;

export interface FoundMatches {
  total: number | null; // null: not counted yet
  upTo: number; // as far as the line from which to go on
  next: number | null;
  before: number | null;
  counts: readonly number[]; // of equal parts of the whole log
  lines: number; // of it
}

const counting = { total: null, upTo: 0, next: null, before: null, counts: [], lines: 0 };

function seeks({ q, level, company }: LineFilter): boolean {
  return q !== undefined || level !== undefined || company !== undefined;
}

// `at`: the id of the line from which to go on; 0: before the first. `grows`: lines may still come. Null where nothing
// is sought.
export function useMatches(
  run: number,
  filter: LineFilter,
  at: number,
  grows: boolean,
): FoundMatches | null {
  const settled = useSettled(JSON.stringify(filter), 200);
  const sought = JSON.parse(settled) as LineFilter;
  const matches = useQuery({
    queryKey: ["log-matches", run, settled, at],
    queryFn: ({ signal }) => loadMatches(run, { ...sought, buckets: parts, id: at }, signal),
    enabled: seeks(sought),
    placeholderData: keepPreviousData,
    refetchInterval: grows ? 2_000 : false,
  });
  if (!seeks(filter)) return null;
  const { data } = matches;
  if (data === undefined) return counting;
  return {
    total: data.total_matches,
    upTo: data.up_to,
    next: data.next,
    before: data.before,
    counts: data.counts,
    lines: data.lines,
  };
}
