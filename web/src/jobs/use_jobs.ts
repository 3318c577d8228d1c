// The list of jobs, page after page, and one job.
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";

import { api, dataOf } from "../api/client";
import { keys, type Schemas } from "../api/queries";
import { askedOf, type JobsQuery } from "./jobs_query";

export type Job = Schemas["Job"];
export type JobLife = Schemas["JobLife"];
export type JobPage = Schemas["JobPage"];

export const jobKeys = {
  all: keys.jobs,
  lists: [...keys.jobs, "list"],
  list: (query: JobsQuery) => [...keys.jobs, "list", askedOf(query)],
  one: (id: number) => [...keys.jobs, "one", id],
  hiddenCompanies: [...keys.jobs, "hidden-companies"],
} as const;

const jobsAPage = 100;

// What was found for other words stays until these have been looked for.
export function useJobs(query: JobsQuery) {
  return useInfiniteQuery({
    queryKey: jobKeys.list(query),
    queryFn: ({ pageParam, signal }) =>
      dataOf(
        api.GET("/api/jobs", {
          params: {
            query: {
              ...askedOf(query),
              limit: jobsAPage,
              ...(pageParam === null ? {} : { cursor: pageParam }),
            },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });
}

export function useJob(id: number) {
  return useQuery({
    queryKey: jobKeys.one(id),
    queryFn: () => dataOf(api.GET("/api/jobs/{job_id}", { params: { path: { job_id: id } } })),
  });
}
