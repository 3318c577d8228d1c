// What a person looks for again and again, kept by name, and the key of its feed.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, dataOf } from "../api/client";
import type { Schemas } from "../api/queries";
import type { JobsQuery } from "./jobs_query";

export type View = Schemas["View"];

const viewsKey = ["views"] as const;

export function useViews() {
  return useQuery({
    queryKey: viewsKey,
    queryFn: async () => (await dataOf(api.GET("/api/views"))).views,
  });
}

const named = (name: string) => ({ params: { path: { name } } });

export function useChangeViews() {
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries({ queryKey: viewsKey });
  return {
    save: useMutation({
      mutationFn: ({ name, query }: { name: string; query: JobsQuery }) =>
        dataOf(
          api.PUT("/api/views/{name}", {
            ...named(name),
            body: {
              q: query.q,
              company: [...query.companies],
              status: query.status,
              sort: query.sort,
            },
          }),
        ),
      onSettled: refresh,
    }),
    remove: useMutation({
      mutationFn: (name: string) => api.DELETE("/api/views/{name}", named(name)),
      onSettled: refresh,
    }),
    makeKey: useMutation({
      mutationFn: (name: string) => dataOf(api.POST("/api/views/{name}/key", named(name))),
      onSettled: refresh,
    }),
    revokeKey: useMutation({
      mutationFn: (name: string) => api.DELETE("/api/views/{name}/key", named(name)),
      onSettled: refresh,
    }),
  };
}

// Whether the view looks for just this.
export function isViewOf(view: View, query: JobsQuery): boolean {
  return (
    query.made === null &&
    (view.q ?? "") === query.q.trim() &&
    (view.status ?? "all") === query.status &&
    (view.sort ?? null) === query.sort &&
    [...view.company].sort().join("\n") === [...query.companies].sort().join("\n")
  );
}
