// The lists of a preview sorted by filters that are not saved, and how those are saved.
import { type QueryClient, useMutation, useQueries, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { api, dataOf } from "../api/client";
import { keys, type Schemas, type Setting } from "../api/queries";
import { askCompany, inTurn, patiently } from "./ask_preview";
import { type Drafts, draftsKey, noDrafts, without } from "./drafts";
import {
  type Preview,
  type PreviewedCompany,
  sameFilters,
  type TitleFilters,
  withCompany,
  withSetting,
} from "./previewed";

const sortedKey = ["preview-sorted"] as const;
const debounceMs = 300;

export interface Sorted {
  part: PreviewedCompany | undefined; // by the filters of before, until those asked for are there
  busy: boolean;
  error: Error | null;
}

export function useSorted(drafts: Drafts, preview: Preview | undefined) {
  const queries = useQueryClient();
  const settled = useSettled(drafts);
  const names = Object.keys(settled).filter((name) => name in drafts);
  const results = useQueries({
    queries: names.map((company) =>
      sortedQuery(queries, preview, {
        company,
        titles: settled[company] ?? everyTitle,
        places: preview?.settings.find((one) => one.company_name === company)?.place_filters,
      }),
    ),
  });
  const sorted: Record<string, Sorted> = {};
  names.forEach((name, at) => {
    const result = results[at];
    if (result === undefined) return;
    const busy = result.isFetching || !isOf(name, settled, drafts);
    sorted[name] = { part: result.data, busy, error: result.error };
  });
  return sorted;
}

function isOf(name: string, settled: Drafts, drafts: Drafts): boolean {
  const [one, other] = [settled[name], drafts[name]];
  return one !== undefined && other !== undefined && sameFilters(one, other);
}

const everyTitle: TitleFilters = { include: [], exclude: [] };

interface Sorting {
  company: string;
  titles: TitleFilters;
  places: Schemas["PlaceFilters"] | undefined; // that are saved: the server has them
}

function sortedQuery(
  queries: QueryClient,
  preview: Preview | undefined,
  { company, titles, places }: Sorting,
) {
  // Another reading of the board is sorted anew, and so is what else filters it.
  const readAt = preview?.companies[company]?.read_at ?? null;
  const forAllAt = preview?.forAll.updated_at ?? null;
  return {
    queryKey: [...sortedKey, company, readAt, forAllAt, places, titles],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      inTurn(signal, () => askCompany({ company, filters: titles, kept: true }, signal)),
    staleTime: Infinity,
    placeholderData: () => newestOf(queries, company),
    ...patiently,
  };
}

// What was last sorted stays until the next is there.
function newestOf(queries: QueryClient, company: string): PreviewedCompany | undefined {
  const states = queries
    .getQueryCache()
    .findAll({ queryKey: [...sortedKey, company] })
    .map(({ state }) => state)
    .filter(({ data }) => data !== undefined);
  states.sort((a, b) => b.dataUpdatedAt - a.dataUpdatedAt);
  return states[0]?.data as PreviewedCompany | undefined;
}

// The drafts once nobody types any more. They are compared by what they hold, which is made anew at each drawing.
function useSettled(drafts: Drafts): Drafts {
  const [settled, setSettled] = useState(drafts);
  const key = JSON.stringify(drafts);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(JSON.parse(key) as Drafts), debounceMs);
    return () => clearTimeout(timer);
  }, [key]);
  return settled;
}

// Saves drafts, all or none, and makes the preview one of what was saved.
export function useSaveDrafts() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (drafts: Drafts) => {
      const changes = Object.entries(drafts).map(([company_name, title_filters]) => ({
        op: "upsert" as const,
        company_name,
        title_filters,
      }));
      await dataOf(api.POST("/api/ingestion/settings", { body: changes }));
      // With the places that are saved now, whoever did it.
      const settings = await dataOf(api.GET("/api/ingestion/settings")).catch(() => []);
      for (const saved of settings)
        if (saved.company_name in drafts) await takeSaved(queries, saved);
      await queries.invalidateQueries({ queryKey: keys.settings });
      // What was typed meanwhile stays.
      queries.setQueryData<Drafts>(draftsKey, (before = noDrafts) =>
        Object.keys(drafts)
          .filter((name) => isOf(name, before, drafts))
          .reduce(without, before),
      );
    },
  });
}

// Where the lists cannot be sorted, or not by the listing that the preview shows, it stays as it is, and is told to be
// older than the settings: what the database knows is no preview.
async function takeSaved(queries: QueryClient, saved: Setting) {
  const company = saved.company_name;
  const preview = queries.getQueryData<Preview>(keys.preview);
  const part = await queries
    .query(
      sortedQuery(queries, preview, {
        company,
        titles: saved.title_filters,
        places: saved.place_filters,
      }),
    )
    .catch(() => null);
  if (part?.kept !== true) return;
  queries.setQueryData<Preview>(
    keys.preview,
    (before) => before && withSetting(withCompany(before, company, part), saved),
  );
}
