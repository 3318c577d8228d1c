// The page of the configuration once what is saved is there: search, companies, and the bar that saves.
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useCallback, useDeferredValue, useEffect, useMemo, useState } from "react";
import { useNavigate } from "react-router-dom";

import { PageFrame } from "../app/page_frame";
import { type Company, keys, type Setting, useCurrentRun } from "../api/queries";
import { Button } from "../parts/button";
import { EmptyState } from "../parts/empty_state";
import { countOf, listWords } from "../text/counts";
import { AddCompany, type OnFollowed } from "./add_company";
import { changesInWords } from "./changes";
import styles from "./configure_editor.module.css";
import { type Choice, countEnabled, isMuch, newChoice } from "./draft";
import { FollowedCompanies } from "./followed_companies";
import type { CheckedBoard } from "./follow_board";
import { LeaveGuard } from "./leave_guard";
import { OtherCompanies } from "./other_companies";
import { SaveBar } from "./save_bar";
import { sectionsOf, shownCompanies } from "./shown_company";
import { useDraft } from "./use_draft";
import { useKindTitle } from "./use_kinds";
import { useOpenCards } from "./use_open_cards";

interface ConfigureEditorProps {
  companies: readonly Company[];
  settings: readonly Setting[];
  staleness: ReactNode;
}

export function ConfigureEditor({ companies, settings, staleness }: ConfigureEditorProps) {
  const draft = useDraft(settings);
  const { saved, edits, edit, undo } = draft;
  const cards = useOpenCards();
  const kindTitleOf = useKindTitle();
  const [sought, setSought] = useState("");
  const [adding, setAdding] = useState<string | null>(null); // what is written at first
  const [news, setNews] = useState("");
  const showPreview = usePreviewOnceSaved(edits.size === 0);
  const activeRun = useCurrentRun().data ?? null;
  const shown = useMemo(() => shownCompanies(companies, saved), [companies, saved]);
  const deferred = useDeferredValue(sought);
  const { followed, others } = useMemo(
    () => sectionsOf(shown, saved, edits, deferred),
    [shown, saved, edits, deferred],
  );
  const changes = changesInWords(saved, edits);
  const onFollowed = useFollowed(edit, (boards, then) => {
    const [first] = boards;
    if (first === undefined) return;
    setNews(`${listWords(boards.map(titleOf), 3)} ${boards.length === 1 ? "is" : "are"} added.`);
    if (then === "stay") return;
    setAdding(null);
    setSought("");
    cards.focusOn(first.name);
  });

  async function save(): Promise<boolean> {
    const misfits = await draft.save();
    if (misfits === null) {
      setNews(`Saved: ${changes}.`);
      return true;
    }
    if (misfits.size > 0) {
      setSought("");
      cards.show([...misfits.keys()]);
    }
    return false;
  }

  const { hold } = showPreview;
  const onEdit = useCallback(
    (company: string, choice: Choice | null) => {
      hold();
      setNews("");
      edit(company, choice);
    },
    [hold, edit],
  );
  const onUndo = useCallback(
    (company: string) => {
      hold();
      undo(company);
    },
    [hold, undo],
  );

  function follow(name: string) {
    onEdit(name, newChoice);
    // Where none is left to go on to.
    if (others.length === 1) cards.focusOn(name);
  }

  return (
    <PageFrame
      title="Configure"
      subtitle="Which companies are read, and which of their jobs matter to you."
      actions={<Button onClick={() => setAdding("")}>Add a company</Button>}
    >
      {staleness}
      {saved.size === 0 && edits.size === 0 && (
        <EmptyState title="You follow no company yet.">
          <p>
            {companies.length > 0
              ? "Follow one below, or add one by the address of its careers page. The preview then shows what a run would do, before anything is done."
              : "Add one by its name, or the address of its careers page. The preview then shows what a run would do, before anything is done."}
          </p>
        </EmptyState>
      )}
      {shown.length > 0 && (
        <div className={styles.search}>
          <input
            type="search"
            aria-label="Find a company"
            placeholder="Find a company"
            value={sought}
            autoComplete="off"
            spellCheck={false}
            onChange={({ target }) => setSought(target.value)}
          />
          <p role="status" className="quiet small numbers">
            {deferred.trim() === ""
              ? countOf(shown.length, "company", "companies")
              : `${countOf(followed.length + others.length, "company", "companies")} found`}
          </p>
        </div>
      )}
      {deferred.trim() !== "" && followed.length + others.length === 0 && (
        <EmptyState
          title="No company of that name is listed here."
          action={<Button onClick={() => setAdding(sought.trim())}>Look for its board</Button>}
        />
      )}
      <FollowedCompanies
        companies={followed}
        draft={draft}
        cards={cards}
        kindTitleOf={kindTitleOf}
        onEdit={onEdit}
        onUndo={onUndo}
      />
      {others.length > 0 && (
        <section className="stack" aria-labelledby="others">
          <h2 id="others">Companies to follow</h2>
          <OtherCompanies companies={others} kindTitleOf={kindTitleOf} onFollow={follow} />
        </section>
      )}
      <SaveBar
        changes={changes}
        news={news}
        isMuch={isMuch(saved, edits)}
        enabled={countEnabled(saved, edits)}
        activeRun={activeRun}
        saving={draft.saving}
        problem={draft.problem === null ? null : problemOf(draft.problem, draft.misfits.size)}
        onSave={() => void save()}
        onDiscard={draft.discard}
        onPreview={() => {
          if (changes === "") {
            showPreview.now();
            return;
          }
          showPreview.onceSaved();
          void save().then((isSaved) => isSaved || hold());
        }}
      />
      <AddCompany written={adding} onClose={() => setAdding(null)} onFollowed={onFollowed} />
      <LeaveGuard changes={changes} />
    </PageFrame>
  );
}

// Each company has its own sentence already.
function problemOf(sentence: string, companies: number): string {
  if (companies === 0) return sentence;
  return `look at ${countOf(companies, "company", "companies")} marked with !.`;
}

// Leads to the preview once nothing is left to save, unless a person edits on meanwhile.
function usePreviewOnceSaved(isSaved: boolean) {
  const navigate = useNavigate();
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    if (wanted && isSaved) navigate("/preview");
  }, [wanted, isSaved, navigate]);
  const hold = useCallback(() => setWanted(false), []);
  return { hold, onceSaved: () => setWanted(true), now: () => navigate("/preview") };
}

// What the server added, once the lists have it; it is followed by then, or else once a person saves.
function useFollowed(
  edit: (company: string, choice: Choice) => void,
  then: OnFollowed,
): OnFollowed {
  const client = useQueryClient();
  return (boards, what) => {
    void (async () => {
      await Promise.all([
        client.refetchQueries({ queryKey: keys.companies }),
        client.refetchQueries({ queryKey: keys.settings }),
      ]);
      const settings = client.getQueryData<Setting[]>(keys.settings) ?? [];
      const saved = new Set(settings.map((one) => one.company_name));
      for (const { name } of boards) if (!saved.has(name)) edit(name, newChoice);
      then(boards, what);
    })();
  };
}

function titleOf({ display_name, name }: CheckedBoard): string {
  return display_name || name;
}
