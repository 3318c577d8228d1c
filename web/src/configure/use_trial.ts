// Asks what filters that are not saved would take away of a company's last listing. No board is asked.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { api, dataOf } from "../api/client";
import { ApiError } from "../api/errors";
import { oneAtATime } from "../api/one_at_a_time";
import type { Schemas } from "../api/queries";
import { type Filters, type FiltersSent, sentOf } from "./filters";
import { type CardMisfit, misfitsInFilters } from "./misfits";
import { useSettled } from "../parts/use_settled";

// The server tries one filter of a person at a time.
const enqueue = oneAtATime();

// Of all trials: what else filters a company is none of what they are asked with.
export const trialKey = ["trial"] as const;

export interface Trial {
  shown: Schemas["PreviewedCompany"] | null; // may be of the filters just before
  isCurrent: boolean;
  error: Error | null;
  misfits: readonly CardMisfit[];
  again: () => void;
}

export function useTrial(company: string, { titles, places }: Filters): Trial {
  const filters = useMemo(() => ({ titles, places }), [titles, places]);
  const settled = useSettled(filters, 350);
  const sent = useMemo(() => sentOf(settled), [settled]);
  const trial = useQuery({
    queryKey: [...trialKey, company, sent],
    queryFn: ({ signal }) => enqueue(() => askTrial(company, sent, signal), signal),
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 60_000,
  });
  const { error } = trial;
  const misfits = useMemo(
    () => (error instanceof ApiError ? misfitsInFilters(sent, error.misfits) : []),
    [sent, error],
  );
  return {
    shown: trial.data ?? null,
    isCurrent: settled === filters && trial.isSuccess && !trial.isPlaceholderData,
    error,
    misfits,
    again: () => void trial.refetch(),
  };
}

async function askTrial(
  company: string,
  filters: FiltersSent,
  signal: AbortSignal,
): Promise<Schemas["PreviewedCompany"]> {
  const asked = api.POST("/api/ingestion/dry-run", {
    params: { query: { kept: true } },
    body: { company, ...filters },
    signal,
  });
  const previewed = (await dataOf(asked))[company];
  if (previewed === undefined) throw new ApiError("The server's answer is empty.", 200);
  return previewed;
}
