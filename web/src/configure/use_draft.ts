// The draft of the page: what a person has edited, saved as a whole, with what the server refused of it.
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";

import { api, dataOf } from "../api/client";
import { ApiError, sentenceOf } from "../api/errors";
import { keys, type Setting } from "../api/queries";
import { listWords } from "../text/counts";
import {
  changedElsewhere,
  type Choice,
  edited,
  type Edits,
  operationsOf,
  type Saved,
  savedOf,
  settingsAfter,
  settled,
} from "./draft";
import { type CardMisfit, misfitsByCompany } from "./misfits";

type Misfits = ReadonlyMap<string, readonly CardMisfit[]>;

export interface Draft {
  saved: Saved;
  edits: Edits;
  misfits: Misfits;
  problem: string | null; // why nothing was saved
  saving: boolean;
  edit: (company: string, choice: Choice | null) => void;
  undo: (company: string) => void;
  discard: () => void;
  save: () => Promise<Misfits | null>; // null: it is saved
}

const noEdits: Edits = new Map();
const noMisfits: Misfits = new Map();

export function useDraft(settings: readonly Setting[]): Draft {
  const client = useQueryClient();
  const saved = useMemo(() => savedOf(settings), [settings]);
  const { edits, setEdits, sending, setSending, setSent } = useSettledEdits(saved);
  const [misfits, setMisfits] = useState(noMisfits);
  const [problem, setProblem] = useState<string | null>(null);

  const forget = useCallback((company: string) => {
    setProblem(null);
    // What is wrong with a term stays with it, until it is another.
    setMisfits((before) => {
      const here = before.get(company);
      if (here === undefined) return before;
      return new Map(before).set(
        company,
        here.filter((one) => one.term !== null),
      );
    });
  }, []);
  const edit = useCallback(
    (company: string, choice: Choice | null) => {
      setEdits((before) => edited(saved, before, company, choice, sending));
      forget(company);
    },
    [saved, sending, setEdits, forget],
  );
  const undo = useCallback(
    (company: string) => edit(company, saved.get(company) ?? null),
    [saved, edit],
  );

  function discard() {
    setEdits(noEdits);
    setMisfits(noMisfits);
    setProblem(null);
  }

  async function save() {
    setSending(edits);
    setProblem(null);
    let operations = operationsOf(saved, edits);
    try {
      const now = await dataOf(api.GET("/api/ingestion/settings"));
      const others = changedElsewhere(saved, savedOf(now), edits);
      if (others.length > 0) {
        client.setQueryData<Setting[]>(keys.settings, now);
        setProblem(
          `${listWords(others, 3)} changed elsewhere since you began. ` +
            "Save again to take what stands here, or Cancel to see what is saved.",
        );
        return noMisfits;
      }
      operations = operationsOf(savedOf(now), edits);
      const done = await dataOf(api.POST("/api/ingestion/settings", { body: operations }));
      setMisfits(noMisfits);
      // These edits end as what is saved comes, so that nothing flickers between the two.
      setSent(edits);
      client.setQueryData<Setting[]>(keys.settings, (before) =>
        settingsAfter(before ?? settings, operations, done),
      );
      void client.invalidateQueries({ queryKey: keys.settings });
      return null;
    } catch (error) {
      const found =
        error instanceof ApiError ? misfitsByCompany(operations, error.misfits) : noMisfits;
      setMisfits(found);
      setProblem(sentenceOf(error));
      return found;
    } finally {
      setSending(null);
    }
  }

  return { saved, edits, misfits, problem, saving: sending !== null, edit, undo, discard, save };
}

// `sending`: edits on their way; `sent`: those that the server has taken, until what is saved comes.
function useSettledEdits(saved: Saved) {
  const [edits, setEdits] = useState(noEdits);
  const [sending, setSending] = useState<Edits | null>(null);
  const [sent, setSent] = useState<Edits | null>(null);
  const [before, setBefore] = useState({ saved, sending });
  if (saved !== before.saved || sending !== before.sending) {
    setBefore({ saved, sending });
    // What was taken comes with `saved`, a moment later.
    if (saved !== before.saved || sent === null) setEdits(settled(saved, edits, { sending, sent }));
    if (saved !== before.saved) setSent(null);
  }
  return { edits, setEdits, sending, setSending, setSent };
}
