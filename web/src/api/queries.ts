// What several pages ask the server for, each under one key.
import { QueryClient, queryOptions, useQuery } from "@tanstack/react-query";

import { useSession } from "../session/session";
import { api, dataOf } from "./client";
import { ApiError, isNotThere } from "./errors";
import type { components } from "./schema";

export type Schemas = components["schemas"];
export type Company = Schemas["Company"];
export type Setting = Schemas["Setting"];
export type FiltersForAll = Schemas["Filters"];
export type Run = Schemas["Run"];
export type RunCompany = Schemas["RunCompany"];
export type RunStatus = Schemas["RunStatus"];

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // What the server refuses, it refuses again; what was not reached may come.
      retry: (failures, error) =>
        failures < 2 &&
        (!(error instanceof ApiError) || error.status === 0 || error.status === 503),
      staleTime: 10_000,
    },
  },
});

export const keys = {
  user: ["user"],
  database: ["database"],
  companies: ["companies"],
  settings: ["settings"],
  filtersForAll: ["filters-for-all"],
  currentRun: ["current-run"],
  runs: ["runs"],
  run: (id: number) => ["runs", id],
  preview: ["preview"],
  jobs: ["jobs"], // whatever is asked about them
  withheld: (run: number, company: string) => ["withheld", run, company],
} as const;

// Of another token, asked anew: it may be somebody else's.
export function useUser() {
  const { token } = useSession();
  return useQuery({
    queryKey: [...keys.user, token],
    queryFn: () => dataOf(api.GET("/api/user")),
    enabled: token !== null,
  });
}

export function useDatabase() {
  return useQuery({
    queryKey: keys.database,
    queryFn: () => dataOf(api.GET("/debug/db")),
    staleTime: Infinity,
  });
}

export function useCompanies() {
  return useQuery({
    queryKey: keys.companies,
    queryFn: () => dataOf(api.GET("/api/ingestion/companies")),
  });
}

export function useSettings() {
  return useQuery({
    queryKey: keys.settings,
    queryFn: () => dataOf(api.GET("/api/ingestion/settings")),
  });
}

// What all companies are filtered by, beside the filters of each.
export function useFiltersForAll() {
  return useQuery({
    queryKey: keys.filtersForAll,
    queryFn: () => dataOf(api.GET("/api/ingestion/filters")),
  });
}

// The id of the active run; null where there is none.
export function useCurrentRun() {
  return useQuery({
    queryKey: keys.currentRun,
    queryFn: async () => (await dataOf(api.GET("/api/ingestion/current-run"))).run_id,
    refetchInterval: 15_000,
    refetchOnWindowFocus: "always",
  });
}

// The newest runs, as many as a page of them.
export function useRuns() {
  return useQuery({
    queryKey: keys.runs,
    queryFn: async () => (await dataOf(api.GET("/api/ingestion/runs"))).runs,
  });
}

const oneRun = (id: number) =>
  queryOptions<Run>({
    queryKey: keys.run(id),
    queryFn: () =>
      dataOf(api.GET("/api/ingestion/runs/{run_id}", { params: { path: { run_id: id } } })),
  });

export function useRun(id: number) {
  return useQuery({
    ...oneRun(id),
    // What was known of a run at work is old whenever it is asked for again.
    refetchOnMount: ({ state }) =>
      state.data === undefined || isFinal(state.data.status) || "always",
  });
}

// Whether a run is known not to exist, by what a page asked of it: asks nothing itself.
export function useIsMissing(id: number | null): boolean {
  const { data, error } = useQuery({ ...oneRun(id ?? 0), enabled: false });
  return data === undefined && isNotThere(error);
}

const finalStatuses: readonly RunStatus[] = ["finished", "error", "aborted"];

export function isFinal(status: RunStatus): boolean {
  return finalStatuses.includes(status);
}
