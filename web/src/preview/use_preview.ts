// The preview of all companies: asked once, kept while a person goes back and forth, dropped when a run has ended.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect } from "react";

import { keys, type Setting, useRuns } from "../api/queries";
import { askCompany, askPreview, patiently } from "./ask_preview";
import { type Preview, withCompany } from "./previewed";

const keptFor = 60 * 60_000;

// `settings`: undefined while they are not known; nothing is asked where none is enabled.
export function usePreview(settings: readonly Setting[] | undefined) {
  const queries = useQueryClient();
  const preview = useQuery({
    queryKey: keys.preview,
    queryFn: () => askPreview(queries, true),
    enabled: settings?.some((one) => one.is_enabled) ?? false,
    staleTime: Infinity,
    gcTime: keptFor,
    ...patiently,
  });
  useDropAfterRun(preview.data);
  // What goes wrong is told by the query.
  const readAll = useCallback(
    () =>
      queries
        .query({
          queryKey: keys.preview,
          queryFn: () => askPreview(queries, false),
          staleTime: 0,
          ...patiently,
        })
        .catch(() => undefined),
    [queries],
  );
  return { ...preview, readAll };
}

function useDropAfterRun(preview: Preview | undefined) {
  const queries = useQueryClient();
  const runs = useRuns().data;
  const askedAt = preview === undefined ? Infinity : Date.parse(preview.askedAt);
  const isOver = runs?.some(({ finished_at: end }) => end !== null && Date.parse(end) > askedAt);
  useEffect(() => {
    if (isOver === true) void queries.resetQueries({ queryKey: keys.preview, exact: true });
  }, [isOver, queries]);
}

// Asks one company's board anew, and puts its part in the place of what was there.
export function useReadAgain(company: string, setting: Setting | undefined) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () =>
      askCompany({
        company,
        filters: setting?.title_filters ?? { include: [], exclude: [] },
        kept: false,
      }),
    ...patiently,
    onSuccess: (part) =>
      queries.setQueryData<Preview>(
        keys.preview,
        (before) => before && withCompany(before, company, part),
      ),
  });
}
