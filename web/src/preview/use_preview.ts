// The preview of all companies: asked once, kept while a person goes back and forth, dropped when a run has ended.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";

import { keys, type Setting, useCurrentRun, useRuns } from "../api/queries";
import { askCompany, askPreview, patiently } from "./ask_preview";
import { lastEndOf, type Preview, withCompany } from "./previewed";

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
  useLookForEnd();
  const end = lastEndOf(runs ?? []);
  const isOver = preview !== undefined && end !== null && end > (preview.lastEnd ?? "");
  useEffect(() => {
    if (isOver) void queries.resetQueries({ queryKey: keys.preview, exact: true });
  }, [isOver, queries]);
}

// A run that was at work and is no longer has ended, which the list of runs does not know by itself.
function useLookForEnd() {
  const queries = useQueryClient();
  const run = useCurrentRun().data ?? null;
  const before = useRef(run);
  useEffect(() => {
    if (before.current !== null && before.current !== run)
      void queries.invalidateQueries({ queryKey: keys.runs });
    before.current = run;
  }, [run, queries]);
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
