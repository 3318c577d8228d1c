// What the program knows by itself of companies and their boards, by a name as people type it.
import { keepPreviousData, useQuery } from "@tanstack/react-query";

import { api, dataOf } from "../api/client";
import type { Schemas } from "../api/queries";
import { useSettled } from "../parts/use_settled";
import { lettersOf } from "./written_boards";

export type KnownCompany = Schemas["KnownCompany"];

export function searchDirectory(q: string, signal: AbortSignal): Promise<KnownCompany[]> {
  return dataOf(api.GET("/api/ingestion/directory", { params: { query: { q } }, signal }));
}

// Asked once the name has stood for a while; `isCurrent` once the answer is one for it.
export function useDirectory(name: string) {
  const hasLetters = lettersOf(name) !== "";
  const settled = useSettled(name, 250);
  const search = useQuery({
    queryKey: ["directory", settled],
    queryFn: ({ signal }) => searchDirectory(settled, signal),
    enabled: lettersOf(settled) !== "",
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 60_000,
  });
  return {
    found: hasLetters ? (search.data ?? null) : [],
    isCurrent: !hasLetters || (settled === name && !search.isFetching && !search.isPlaceholderData),
    error: settled === name ? search.error : null,
    again: () => void search.refetch(),
  };
}
