// Looks for words in a log, and narrows it to a level or a company: how many lines there are by the server's count,
// and from one to the next.
import type { KeyboardEvent, RefObject } from "react";

import { formatCount } from "../text/counts";
import { GoToTime } from "./go_to_time";
import styles from "./log_search.module.css";
import { type LogView, mostMarks } from "./log_view";
import type { FoundMatches } from "./use_matches";

interface LogSearchProps {
  input: RefObject<HTMLInputElement | null>;
  view: LogView;
  onChange: (changed: Partial<LogView>) => void;
  companies: readonly string[]; // of the run
  titleOf: (company: string) => string;
  found: FoundMatches | null; // null: nothing is looked for
  onGo: (line: number) => void;
  onTime: ((clock: string) => void) | null; // null: lines do not stand by their time
}

export function LogSearch({ input, view, onChange, onGo, ...props }: LogSearchProps) {
  const { found, companies, titleOf } = props;
  const go = (line: number | null | undefined) => {
    if (line !== null && line !== undefined) onGo(line);
  };
  function press(event: KeyboardEvent) {
    if (event.key !== "Enter") return;
    event.preventDefault();
    go(event.shiftKey ? found?.before : found?.next);
  }
  return (
    <div className={styles.search} role="search" aria-label="Log">
      <input
        ref={input}
        type="search"
        aria-label="Search the log"
        placeholder="Search the log"
        maxLength={200}
        value={view.q}
        onChange={(event) => onChange({ q: event.target.value })}
        onKeyDown={press}
      />
      {found !== null && (
        <>
          <span className={styles.count} role="status">
            {found.total === null
              ? "Counting…"
              : `${formatCount(found.upTo)} of ${formatCount(found.total)}`}
          </span>
          <button
            type="button"
            aria-label="The match before"
            disabled={found.before === null}
            onClick={() => go(found.before)}
          >
            ↑
          </button>
          <button
            type="button"
            aria-label="The next match"
            disabled={found.next === null}
            onClick={() => go(found.next)}
          >
            ↓
          </button>
        </>
      )}
      {view.q.trim() !== "" && <SoughtTools view={view} onChange={onChange} />}
      <select
        aria-label="Level"
        value={view.level}
        onChange={(event) => onChange({ level: event.target.value as LogView["level"] })}
      >
        <option value="">Every level</option>
        <option value="info">Info</option>
        <option value="warning">Warnings</option>
        <option value="error">Errors</option>
      </select>
      {(companies.length > 1 || view.company !== "") && (
        <select
          aria-label="Company"
          value={view.company}
          onChange={(event) => onChange({ company: event.target.value })}
        >
          <option value="">Every company</option>
          {[...new Set([...companies, ...(view.company === "" ? [] : [view.company])])].map(
            (company) => (
              <option key={company} value={company}>
                {titleOf(company)}
              </option>
            ),
          )}
        </select>
      )}
      <button
        type="button"
        aria-pressed={view.byCompany}
        onClick={() => onChange({ byCompany: !view.byCompany })}
      >
        By company
      </button>
      {props.onTime !== null && <GoToTime onTime={props.onTime} />}
      <Marks view={view} onChange={onChange} />
    </div>
  );
}

type ViewProps = Pick<LogSearchProps, "view" | "onChange">;

function SoughtTools({ view, onChange }: ViewProps) {
  const word = view.q.trim();
  const full = view.marks.length >= mostMarks;
  return (
    <>
      <button type="button" aria-pressed={view.only} onClick={() => onChange({ only: !view.only })}>
        Only these
      </button>
      <button
        type="button"
        disabled={full || view.marks.includes(word)}
        title={full ? `${mostMarks} words are marked already` : "Marks the word throughout the log"}
        onClick={() => onChange({ marks: [...view.marks, word], q: "", only: false })}
      >
        Mark
      </button>
    </>
  );
}

function Marks({ view, onChange }: ViewProps) {
  if (view.marks.length === 0) return null;
  return (
    <ul className={styles.words} aria-label="Marked words">
      {view.marks.map((word, at) => (
        <li key={word}>
          <button
            type="button"
            aria-label={`Mark ${word} no more`}
            onClick={() => onChange({ marks: view.marks.filter((one) => one !== word) })}
          >
            <mark data-mark={at + 1}>{word}</mark> ×
          </button>
        </li>
      ))}
    </ul>
  );
}
