// Filters that are changed in the preview and not saved: kept while a person goes back and forth.
import { skipToken, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

import type { Setting } from "../api/queries";
import { sameFilters, type TitleFilters } from "./previewed";

export type Drafts = Readonly<Record<string, TitleFilters>>;

// Not below the preview's key: they outlive it.
export const draftsKey = ["preview-drafts"] as const;
export const noDrafts: Drafts = {};

export function without(drafts: Drafts, company: string): Drafts {
  return Object.fromEntries(Object.entries(drafts).filter(([name]) => name !== company));
}

// Those of companies that are followed, and that differ from what is saved.
export function useDrafts(settings: readonly Setting[] | undefined) {
  const queries = useQueryClient();
  const { data } = useQuery<Drafts>({
    queryKey: draftsKey,
    queryFn: skipToken,
    initialData: noDrafts,
    staleTime: Infinity,
    gcTime: Infinity,
  });
  const setDraft = useCallback(
    (setting: Setting, filters: TitleFilters | null) => {
      const name = setting.company_name;
      queries.setQueryData<Drafts>(draftsKey, (before = noDrafts) =>
        filters === null || sameFilters(filters, setting.title_filters)
          ? without(before, name)
          : { ...before, [name]: filters },
      );
    },
    [queries],
  );
  const followed = new Set(
    settings?.filter((one) => one.is_enabled).map((one) => one.company_name),
  );
  const drafts: Drafts = Object.fromEntries(
    Object.entries(data ?? noDrafts).filter(([name]) => followed.has(name)),
  );
  return { drafts, setDraft };
}
