// Asks what filters that are not saved would take away of a company's last listing. No board is asked.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { api, dataOf } from "../api/client";
import { ApiError } from "../api/errors";
import { oneAtATime } from "../api/one_at_a_time";
import type { Schemas } from "../api/queries";
import { misfitIn, type CardMisfit } from "./misfits";
import { useSettled } from "./use_settled";

// The server tries one filter of a person at a time.
const enqueue = oneAtATime();

export interface Trial {
  shown: Schemas["PreviewedCompany"] | null; // may be of the filters just before
  isCurrent: boolean;
  error: Error | null;
  misfits: readonly CardMisfit[];
  again: () => void;
}

interface Filters {
  include: readonly string[];
  exclude: readonly string[];
}

export function useTrial(company: string, { include, exclude }: Filters): Trial {
  const filters = useMemo(() => ({ include, exclude }), [include, exclude]);
  const settled = useSettled(filters, 350);
  const sent = useMemo(
    () => ({ include: [...settled.include], exclude: [...settled.exclude] }),
    [settled],
  );
  const trial = useQuery({
    queryKey: ["trial", company, sent.include, sent.exclude],
    queryFn: ({ signal }) => enqueue(() => askTrial(company, sent, signal), signal),
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 60_000,
  });
  const { error } = trial;
  const misfits = useMemo(() => misfitsOf(sent, error), [sent, error]);
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
  title_filters: Schemas["TitleFiltersSent"],
  signal: AbortSignal,
): Promise<Schemas["PreviewedCompany"]> {
  const asked = api.POST("/api/ingestion/dry-run", {
    params: { query: { kept: true } },
    body: { company, title_filters },
    signal,
  });
  const previewed = (await dataOf(asked))[company];
  if (previewed === undefined) throw new ApiError("The server's answer is empty.", 200);
  return previewed;
}

function misfitsOf(sent: Filters, error: Error | null): readonly CardMisfit[] {
  if (!(error instanceof ApiError)) return [];
  return error.misfits
    .filter(({ loc }) => loc[1] === "title_filters")
    .map(({ loc, msg }) => misfitIn(sent, loc.slice(2), msg));
}
