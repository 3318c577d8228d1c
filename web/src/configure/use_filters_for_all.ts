// The draft of the filters for all companies: what a person has edited, what the server says of it, and how it is saved.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";

import { api, dataOf } from "../api/client";
import { ApiError, sentenceOf } from "../api/errors";
import { oneAtATime } from "../api/one_at_a_time";
import { type FiltersForAll, keys } from "../api/queries";
import { type Filters, filtersOf, sameFilters, sentOf } from "./filters";
import { type CardMisfit, misfitsInFilters } from "./misfits";
import { useSettled } from "../parts/use_settled";
import { trialKey } from "./use_trial";

const noMisfits: readonly CardMisfit[] = [];
const enqueue = oneAtATime();

// What they would take away, once they are looked at; null: not known.
export interface Check {
  warnings: readonly string[] | null;
  error: Error | null;
  again: () => void;
}

export interface ForAllDraft {
  saved: Filters;
  shown: Filters;
  isChanged: boolean;
  misfits: readonly CardMisfit[];
  problem: string | null; // why they were not saved
  saving: boolean;
  check: Check;
  edit: (filters: Filters) => void;
  undo: () => void;
  // Before anything is saved: what they would take away; null where they cannot be saved.
  ask: () => Promise<readonly string[] | null>;
  save: () => Promise<boolean>;
}

export function useFiltersForAllDraft(held: FiltersForAll): ForAllDraft {
  const client = useQueryClient();
  const saved = useMemo(() => filtersOf(held), [held]);
  const { edit: edited, setEdit, saving, setSaving, setSent } = useSettledEdit(saved);
  const [refused, setRefused] = useState(noMisfits);
  const [problem, setProblem] = useState<string | null>(null);
  const shown = edited ?? saved;
  const isChanged = !sameFilters(shown, saved);
  const { misfits: unfit, ...check } = useCheck(shown, isChanged);

  const edit = useCallback(
    (filters: Filters) => {
      setEdit(filters);
      setProblem(null);
      // What is wrong with a term stays with it, until it is another.
      setRefused((before) => before.filter((one) => one.term !== null));
    },
    [setEdit],
  );
  const undo = useCallback(() => {
    setEdit(saved);
    setRefused(noMisfits);
    setProblem(null);
  }, [saved, setEdit]);

  // Null where it was refused, which is told.
  async function attempt<T>(act: () => Promise<T>): Promise<T | null> {
    setSaving(true);
    setProblem(null);
    try {
      const result = await act();
      setRefused(noMisfits);
      return result;
    } catch (error) {
      setProblem(sentenceOf(error));
      if (error instanceof ApiError) setRefused(misfitsInFilters(sentOf(shown), error.misfits));
      return null;
    } finally {
      setSaving(false);
    }
  }

  const ask = () =>
    attempt(async () => {
      const now = await dataOf(api.GET("/api/ingestion/filters"));
      if (!sameFilters(filtersOf(now), saved)) {
        client.setQueryData<FiltersForAll>(keys.filtersForAll, now);
        throw new Error(
          "the filters for all companies changed elsewhere since you began. " +
            "Save again to take what stands here, or Cancel to see what is saved.",
        );
      }
      return (await put(shown, true)).warnings ?? [];
    });

  const save = async () => {
    const done = await attempt(async () => {
      const now = await put(shown, false);
      // This edit ends as what is saved comes, so that nothing flickers between the two.
      setSent(shown);
      client.setQueryData<FiltersForAll>(keys.filtersForAll, now);
      void client.invalidateQueries({ queryKey: trialKey });
      return true;
    });
    return done === true;
  };

  const misfits = useMemo(
    () => [...refused.filter((one) => isThere(one, shown)), ...unfit],
    [refused, shown, unfit],
  );
  return { saved, shown, isChanged, misfits, problem, saving, check, edit, undo, ask, save };
}

// A term that was removed is wrong no more.
function isThere({ part, list, term }: CardMisfit, filters: Filters): boolean {
  return part === null || list === null || term === null || filters[part][list].includes(term);
}

function put(filters: Filters, dry_run: boolean): Promise<FiltersForAll> {
  return dataOf(api.PUT("/api/ingestion/filters", { body: { ...sentOf(filters), dry_run } }));
}

// While a person edits: what the filters as they stand would take away, and what is wrong with them.
function useCheck(shown: Filters, isChanged: boolean): Check & { misfits: readonly CardMisfit[] } {
  const settled = useSettled(shown, 350);
  const sent = useMemo(() => sentOf(settled), [settled]);
  const isAsked = isChanged && settled === shown;
  const { data, error, isSuccess, refetch } = useQuery({
    queryKey: ["filters-for-all-check", sent],
    queryFn: ({ signal }) => enqueue(() => put(settled, true), signal),
    enabled: isAsked,
    retry: false,
    gcTime: 60_000,
  });
  const misfits = useMemo(
    () => (isChanged && error instanceof ApiError ? misfitsInFilters(sent, error.misfits) : []),
    [isChanged, sent, error],
  );
  return {
    warnings: isAsked && isSuccess ? (data.warnings ?? []) : null,
    error: isAsked ? error : null,
    misfits,
    again: () => void refetch(),
  };
}

// The edit; null: none. `sent`: what the server has taken, until what is saved comes.
function useSettledEdit(saved: Filters) {
  const [edit, setEdit] = useState<Filters | null>(null);
  const [sent, setSent] = useState<Filters | null>(null);
  const [saving, setSaving] = useState(false);
  const [before, setBefore] = useState(saved);
  if (saved !== before) {
    setBefore(saved);
    if (sent !== null) {
      if (edit === sent) setEdit(null);
      setSent(null);
    }
  } else if (edit !== null && !saving && sent === null && sameFilters(edit, saved)) {
    setEdit(null);
  }
  return { edit, setEdit, saving, setSaving, setSent };
}
