// Asks the server for previews: of all companies, and of one. It takes one of a user at a time, and says how long to
// wait where another is under way.
import type { QueryClient } from "@tanstack/react-query";

import { api, dataOf } from "../api/client";
import { ApiError } from "../api/errors";
import { type Company, keys } from "../api/queries";
import {
  lastEndOf,
  orderOf,
  type Preview,
  type PreviewedCompany,
  type TitleFilters,
} from "./previewed";

const mostTurnsAway = 60;

// How to ask again what the server turned away for now.
export const patiently = {
  retry: (failures: number, error: Error) =>
    error instanceof ApiError &&
    (isTurnedAway(error) ? failures < mostTurnsAway : isPassing(error) && failures < 2),
  retryDelay: (failures: number, error: Error) =>
    error instanceof ApiError && error.retryAfter !== null
      ? error.retryAfter * 1000
      : 1000 * 2 ** failures,
};

export function isTurnedAway(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status === 429;
}

function isPassing(error: ApiError): boolean {
  return error.status === 0 || error.status === 503;
}

export function isNothingEnabled(error: unknown): boolean {
  return error instanceof ApiError && error.status === 400;
}

// `kept`: boards that a preview read within 15 minutes are not asked again.
export async function askPreview(queries: QueryClient, kept: boolean): Promise<Preview> {
  // Before the boards are asked: what is changed meanwhile, and a run that ends, make the preview old.
  const { data: settings, response } = await api.GET("/api/ingestion/settings");
  if (settings === undefined) throw new ApiError("The server's answer is empty.", 200);
  queries.setQueryData(keys.settings, settings);
  const forAll = await dataOf(api.GET("/api/ingestion/filters"));
  queries.setQueryData(keys.filtersForAll, forAll);
  const { runs } = await dataOf(api.GET("/api/ingestion/runs"));
  queries.setQueryData(keys.runs, runs);
  const date = Date.parse(response.headers.get("Date") ?? "");
  const askedAt = new Date(Number.isNaN(date) ? Date.now() : date).toISOString();
  const companies = await dataOf(
    api.POST("/api/ingestion/dry-run", { params: { query: kept ? { kept } : {} } }),
  );
  const titles = new Map(
    queries.getQueryData<Company[]>(keys.companies)?.map((one) => [one.name, one.display_name]),
  );
  const order = orderOf(companies, (name) => titles.get(name) ?? name);
  return { askedAt, settings, forAll, lastEnd: lastEndOf(runs), companies, order };
}

export interface CompanyQuestion {
  company: string;
  filters: TitleFilters; // beside those of places that are saved
  kept: boolean; // the board is not asked
}

export async function askCompany(
  { company, filters, kept }: CompanyQuestion,
  signal: AbortSignal | null = null,
): Promise<PreviewedCompany> {
  const answer = await dataOf(
    api.POST("/api/ingestion/dry-run", {
      params: { query: kept ? { kept } : {} },
      body: { company, title_filters: filters },
      signal,
    }),
  );
  const part = answer[company];
  if (part === undefined)
    throw new ApiError("The server's answer does not tell of this company.", 200);
  return part;
}

let last: Promise<unknown> = Promise.resolve();

// One question after another; one that nobody waits for any more is not asked.
export function inTurn<T>(signal: AbortSignal, ask: () => Promise<T>): Promise<T> {
  const mine = last.then(() => {
    signal.throwIfAborted();
    return ask();
  });
  last = mine.catch(() => undefined);
  return mine;
}
