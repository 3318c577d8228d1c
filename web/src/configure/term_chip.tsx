// One term of a filter: what it takes away, what the server finds wrong with it, and the button that removes it.
import { type KeyboardEvent, useId } from "react";

import { countOf, formatCount } from "../text/counts";
import styles from "./term_chips.module.css";

interface TermChipProps {
  term: string;
  counted: string; // what a count is of
  count: number | undefined; // not known yet
  problem: string | undefined;
  shown: boolean;
  shownBy: string | undefined;
  onShow: (() => void) | undefined;
  onRemove: () => void;
}

export function TermChip(props: TermChipProps) {
  const { term, problem, onRemove } = props;
  const id = useId();
  function onKey(event: KeyboardEvent) {
    if (event.key !== "Backspace" && event.key !== "Delete") return;
    event.preventDefault();
    onRemove();
  }
  return (
    <li className={[styles.chip, problem === undefined ? "" : styles.bad].join(" ")}>
      {problem !== undefined && <strong aria-hidden="true">!</strong>}
      <span className={["foreign", styles.term].join(" ")} title={term}>
        {term}
      </span>
      <Count {...props} />
      <button
        type="button"
        data-remove
        className={styles.remove}
        aria-label={`Remove ${short(term)}`}
        aria-describedby={problem === undefined ? undefined : id}
        onClick={onRemove}
        onKeyDown={onKey}
      >
        ×
      </button>
      {problem !== undefined && (
        <span id={id} className={["foreign", "small", styles.problem].join(" ")}>
          {problem}
        </span>
      )}
    </li>
  );
}

// A label is read to its end.
function short(term: string): string {
  return term.length > 80 ? `${term.slice(0, 80)}…` : term;
}

function Count({ term, counted, count, shown, shownBy, onShow }: TermChipProps) {
  if (count === undefined) return null;
  if (count === 0 || onShow === undefined)
    return (
      <span
        className={["numbers", styles.zero].join(" ")}
        title={count === 0 ? `Takes away no ${counted} that a term before it has not` : undefined}
      >
        {formatCount(count)}
        <span className="unseen"> {counted}s</span>
      </span>
    );
  return (
    <button
      type="button"
      className={["numbers", styles.count].join(" ")}
      aria-expanded={shown}
      aria-controls={shown ? shownBy : undefined}
      aria-label={`${countOf(count, counted)} taken away by ${short(term)}: show`}
      onClick={onShow}
    >
      {formatCount(count)}
    </button>
  );
}
