// All runs, newest first, a page of them at a time.
import { useInfiniteQuery } from "@tanstack/react-query";

import { api, dataOf } from "../api/client";
import { isFinal, keys, type Schemas } from "../api/queries";

export type RunSummary = Schemas["RunSummary"];

const runsAPage = 50;

export function useRunHistory() {
  return useInfiniteQuery({
    queryKey: [...keys.runs, "history"],
    queryFn: ({ pageParam }) =>
      dataOf(
        api.GET("/api/ingestion/runs", {
          params: {
            query: { limit: runsAPage, ...(pageParam === null ? {} : { before: pageParam }) },
          },
        }),
      ),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next_before,
    // One that is at work moves on.
    refetchInterval: ({ state }) =>
      state.data?.pages[0]?.runs.some((run) => !isFinal(run.status)) ? 5_000 : false,
  });
}
