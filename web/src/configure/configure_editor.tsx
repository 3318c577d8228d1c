// The page of the configuration once what is saved is there: search, companies, and the bar that saves.
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useCallback, useDeferredValue, useEffect, useMemo, useState } from "react";
import { useNavigate } from "react-router-dom";

import { PageFrame } from "../app/page_frame";
import {
  type Company,
  type FiltersForAll,
  keys,
  type Setting,
  useCurrentRun,
} from "../api/queries";
import { Button } from "../parts/button";
import { EmptyState } from "../parts/empty_state";
import { countOf, listWords } from "../text/counts";
import { AllCompanies } from "./all_companies";
import { AddCompany, type OnFollowed } from "./add_company";
import { changesInWords } from "./changes";
import styles from "./configure_editor.module.css";
import { ConfirmWarnings } from "./confirm_warnings";
import { type Choice, countEnabled, isMuch, newChoice } from "./draft";
import { FollowedCompanies } from "./followed_companies";
import type { CheckedBoard } from "./follow_board";
import { countWritten, type Filters, noFilters, sameFilters } from "./filters";
import { LeaveGuard } from "./leave_guard";
import { OtherCompanies } from "./other_companies";
import { SaveBar } from "./save_bar";
import { sectionsOf, shownCompanies } from "./shown_company";
import { useDraft } from "./use_draft";
import { useFiltersForAllDraft } from "./use_filters_for_all";
import { useKindTitle } from "./use_kinds";
import { useOpenCards } from "./use_open_cards";
import { useSaving } from "./use_saving";

interface ConfigureEditorProps {
  companies: readonly Company[];
  settings: readonly Setting[];
  filtersForAll: FiltersForAll;
  staleness: ReactNode;
}

export function ConfigureEditor(props: ConfigureEditorProps) {
  const { companies, settings, staleness } = props;
  const draft = useDraft(settings);
  const forAll = useFiltersForAllDraft(props.filtersForAll);
  const saving = useSaving(draft, forAll);
  const [forAllCard, setForAllCard] = useState({ open: false, takesFocus: false });
  const { saved, edits, edit, undo } = draft;
  const cards = useOpenCards();
  const kindTitleOf = useKindTitle();
  const [sought, setSought] = useState("");
  const [adding, setAdding] = useState<string | null>(null); // what is written at first
  const [news, setNews] = useState("");
  const showPreview = usePreviewOnceSaved(edits.size === 0 && !forAll.isChanged);
  const activeRun = useCurrentRun().data ?? null;
  const shown = useMemo(() => shownCompanies(companies, saved), [companies, saved]);
  const deferred = useDeferredValue(sought);
  const { followed, others } = useMemo(
    () => sectionsOf(shown, saved, edits, deferred),
    [shown, saved, edits, deferred],
  );
  const changes = changesInWords(saved, edits, forAll.isChanged);
  const onFollowed = useFollowed(edit, (boards, then) => {
    const [first] = boards;
    if (first === undefined) return;
    setNews(`${listWords(boards.map(titleOf), 3)} ${boards.length === 1 ? "is" : "are"} added.`);
    if (then === "stay") return;
    setAdding(null);
    setSought("");
    cards.focusOn(first.name);
  });

  const { hold } = showPreview;
  async function save(agreed: boolean) {
    const outcome = await saving.save(agreed);
    if (outcome.what === "saved") setNews(`Saved: ${changes}.`);
    if (outcome.what !== "refused") return;
    hold();
    if (outcome.companies.length > 0) {
      setSought("");
      cards.show(outcome.companies);
    } else if (outcome.forAll) {
      setForAllCard({ open: true, takesFocus: true });
    }
  }

  const onEdit = useCallback(
    (company: string, choice: Choice | null) => {
      hold();
      setNews("");
      edit(company, choice);
    },
    [hold, edit],
  );
  function onEditForAll(filters: Filters) {
    hold();
    setNews("");
    forAll.edit(filters);
  }
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
      {(saved.size > 0 || edits.size > 0 || !sameFilters(forAll.shown, noFilters)) && (
        <AllCompanies
          {...forAllCard}
          draft={forAll}
          onOpen={(open) => setForAllCard({ open, takesFocus: false })}
          onFocused={() => setForAllCard({ open: true, takesFocus: false })}
          onEdit={onEditForAll}
          onUndo={() => {
            hold();
            forAll.undo();
          }}
        />
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
        isMuch={isMuch(saved, edits) || countWritten(forAll.saved, forAll.shown) > 2}
        enabled={countEnabled(saved, edits)}
        activeRun={activeRun}
        saving={saving.saving}
        problem={saving.problem}
        onSave={() => void save(false)}
        onDiscard={() => {
          draft.discard();
          forAll.undo();
        }}
        onPreview={() => {
          if (changes === "") {
            showPreview.now();
            return;
          }
          showPreview.onceSaved();
          void save(false);
        }}
      />
      <ConfirmWarnings
        warnings={saving.warnings}
        onClose={() => {
          hold();
          saving.forgetWarnings();
        }}
        onConfirm={() => void save(true)}
      />
      <AddCompany written={adding} onClose={() => setAdding(null)} onFollowed={onFollowed} />
      <LeaveGuard changes={changes} />
    </PageFrame>
  );
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
