// A company that is followed: how its board is, whether it is read, and its filters, which open for editing.
import { memo, useEffect, useRef } from "react";

import { Badge, type BadgeTone } from "../parts/badge";
import { Button } from "../parts/button";
import { Switch } from "../parts/switch";
import { CardHead } from "./card_head";
import styles from "./company_card.module.css";
import type { Choice, Mark } from "./draft";
import { FilterEditor } from "./filter_editor";
import { summaryOf } from "./filters";
import { FiltersFold } from "./filters_fold";
import { HealthLine } from "./health_line";
import type { CardMisfit } from "./misfits";
import type { ShownCompany } from "./shown_company";

export interface CardActions {
  onEdit: (company: string, choice: Choice | null) => void;
  onUndo: (company: string) => void;
  onOpen: (company: string, open: boolean) => void;
  onFocused: () => void;
}

interface CompanyCardProps extends CardActions {
  company: ShownCompany;
  kindTitle: string | null;
  choice: Choice | null; // null: is to be followed no more
  mark: Mark | null;
  misfits: readonly CardMisfit[];
  open: boolean;
  takesFocus: boolean;
}

const marks: Record<Mark, { word: string; tone: BadgeTone }> = {
  new: { word: "New", tone: "new" },
  modified: { word: "Modified", tone: "changed" },
  removed: { word: "Removed", tone: "expired" },
};

export const CompanyCard = memo(function CompanyCard(props: CompanyCardProps) {
  const { company, choice, mark, misfits, onEdit } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useTakeFocus(heading, props.takesFocus, props.onFocused);
  // Of buttons that are gone once they are pressed.
  const undo = () => {
    heading.current?.focus();
    props.onUndo(company.name);
  };
  const leave = () => {
    // A new card goes as a whole.
    const stays = mark === "new" ? document.getElementById("main") : heading.current;
    stays?.focus({ preventScroll: true });
    onEdit(company.name, null);
  };
  return (
    <article
      className={[styles.card, mark === null ? "" : styles[mark]].join(" ")}
      data-off={choice?.enabled === false || undefined}
      aria-label={company.title.slice(0, 100)}
    >
      <CardHead
        company={company}
        kindTitle={props.kindTitle}
        headingRef={heading}
        mark={
          <>
            {mark !== null && <Badge tone={marks[mark].tone}>{marks[mark].word}</Badge>}
            {misfits.length > 0 && <Badge tone="bad">! Not taken</Badge>}
          </>
        }
      >
        {choice !== null && (
          <Switch
            on={choice.enabled}
            onChange={(enabled) => onEdit(company.name, { ...choice, enabled })}
            label={`Read ${company.title.slice(0, 100)}`}
            words={["On", "Off"]}
          />
        )}
      </CardHead>
      {misfits
        .filter((one) => one.list === null)
        .map(({ msg }) => (
          <p key={msg} className={["foreign", "small", styles.problem].join(" ")}>
            <strong aria-hidden="true">! </strong>
            {msg}
          </p>
        ))}
      {choice === null ? (
        <Leaving onUndo={undo} />
      ) : (
        <>
          {company.health !== null && <HealthLine health={company.health} />}
          {!choice.enabled && <p className="small quiet">Off: runs leave it and its jobs alone.</p>}
          <Filters {...props} choice={choice} onUndo={undo} onLeave={leave} />
        </>
      )}
    </article>
  );
});

function useTakeFocus(
  place: { current: HTMLElement | null },
  takesFocus: boolean,
  onFocused: () => void,
) {
  useEffect(() => {
    if (!takesFocus || place.current === null) return;
    place.current.focus({ preventScroll: true });
    place.current.closest("article")?.scrollIntoView({ block: "center" });
    onFocused();
  }, [place, takesFocus, onFocused]);
}

function Leaving({ onUndo }: { onUndo: () => void }) {
  return (
    <div className="row spread">
      <p className={["small", styles.meaning].join(" ")}>
        Once this is saved it is read no more, and its jobs expire with the next run.
      </p>
      <Button onClick={onUndo}>Keep following</Button>
    </div>
  );
}

interface FiltersProps extends CompanyCardProps {
  choice: Choice;
  onLeave: () => void;
}

function Filters(props: FiltersProps) {
  const { company, choice, mark, misfits, open, onEdit } = props;
  return (
    <FiltersFold
      summary={summaryOf(choice)}
      open={open}
      onOpen={(next) => props.onOpen(company.name, next)}
      aside={
        <>
          {mark === "modified" && (
            <button type="button" onClick={() => props.onUndo(company.name)}>
              Undo<span className="unseen"> what changed</span>
            </button>
          )}
          <button type="button" onClick={props.onLeave}>
            {mark === "new" ? "Do not follow" : "Stop following"}
          </button>
        </>
      }
    >
      <FilterEditor
        company={company.name}
        choice={choice}
        misfits={misfits}
        onChange={(next) => onEdit(company.name, next)}
      />
    </FiltersFold>
  );
}
