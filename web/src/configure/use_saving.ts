// Saves all that a person has changed: first asks what the filters for all companies would take away, so that nothing is
// written before it is known, then writes the companies, then those filters.
import { useState } from "react";

import { countOf } from "../text/counts";
import type { Draft } from "./use_draft";
import type { ForAllDraft } from "./use_filters_for_all";

export interface Saving {
  saving: boolean;
  problem: string | null; // a whole sentence
  warnings: readonly string[] | null; // asked about before anything is saved
  save: (agreed: boolean) => Promise<Outcome>;
  forgetWarnings: () => void;
}

export type Outcome =
  { what: "saved" | "asks" } | { what: "refused"; companies: readonly string[]; forAll: boolean }; // where it says why

export function useSaving(draft: Draft, forAll: ForAllDraft): Saving {
  const [warnings, setWarnings] = useState<readonly string[] | null>(null);
  const [isHalf, setHalf] = useState(false); // the companies are saved, and no more

  async function save(agreed: boolean): Promise<Outcome> {
    setWarnings(null);
    setHalf(false);
    const refused = { what: "refused", companies: [], forAll: false } as const;
    if (forAll.isChanged) {
      const found = await forAll.ask();
      if (found === null) return { ...refused, forAll: true };
      if (found.length > 0 && !agreed) {
        setWarnings(found);
        return { what: "asks" };
      }
    }
    if (draft.edits.size > 0) {
      const misfits = await draft.save();
      if (misfits !== null) return { ...refused, companies: [...misfits.keys()] };
    }
    if (forAll.isChanged && !(await forAll.save())) {
      setHalf(draft.edits.size > 0);
      return { ...refused, forAll: true };
    }
    return { what: "saved" };
  }

  return {
    saving: draft.saving || forAll.saving,
    problem: problemOf(draft, forAll, isHalf),
    warnings,
    save,
    forgetWarnings: () => setWarnings(null),
  };
}

// Each company, and each term, has its own sentence already.
function problemOf(draft: Draft, forAll: ForAllDraft, isHalf: boolean): string | null {
  if (draft.problem !== null) {
    const { size } = draft.misfits;
    if (size === 0) return `Nothing was saved: ${draft.problem}`;
    return `Nothing was saved: look at ${countOf(size, "company", "companies")} marked with !.`;
  }
  if (forAll.problem === null) return null;
  const what = isHalf
    ? "The companies are saved, the filters for all of them are not"
    : "Nothing was saved";
  const isAtTerm = forAll.misfits.length > 0;
  return `${what}: ${isAtTerm ? "look at All companies, marked with !." : forAll.problem}`;
}
