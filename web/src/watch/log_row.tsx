// One line of a log, with how long it was silent before, and whose lines begin with it.
import { formatClock, formatExactly, formatLasted } from "../text/times";
import type { LogLine } from "./log_line";
import styles from "./log_rows.module.css";
import { markParts } from "./marked_parts";

interface LogRowProps {
  line: LogLine | undefined; // undefined: on its way
  before: LogLine | undefined; // the line above, where there is one in memory
  words: readonly string[]; // that stand out: what is sought, then what is marked
  heads: boolean; // says of which company it is, where the line above is of another
  onChoose: (line: number, extended: boolean) => void;
  onContext: ((line: number) => void) | null; // null: it stands in its context
}

// So long without a line is worth a word, ms.
const silence = 10_000;

export function LogRow({ line, before, words, heads, onChoose, onContext }: LogRowProps) {
  if (line === undefined)
    return (
      <div className={styles.line}>
        <span className={styles.time}>…</span>
      </div>
    );
  const isFirst = heads && before?.company !== line.company;
  const silent = before === undefined || isFirst ? 0 : line.at - before.at;
  return (
    <>
      {isFirst && (
        <p className={[styles.company, "foreign"].join(" ")}>{line.company || "The whole run"}</p>
      )}
      {silent >= silence && <p className={styles.gap}>{formatLasted(silent)} later</p>}
      <div className={[styles.line, onContext === null ? "" : styles.filtered].join(" ")}>
        <a
          className={styles.time}
          href={`#L${line.id}`}
          tabIndex={-1}
          title={`Line ${line.id}, ${formatExactly(line.at)}`}
          onClick={(event) => {
            event.preventDefault();
            onChoose(line.id, event.shiftKey);
          }}
        >
          <time dateTime={new Date(line.at).toISOString()}>{formatClock(line.at, true)}</time>
        </a>
        <span className={styles.level}>{line.level}</span>
        {onContext !== null && (
          <button
            type="button"
            className={styles.context}
            tabIndex={-1}
            aria-label={`Show line ${line.id} in context`}
            title="Show in context"
            onClick={() => onContext(line.id)}
          >
            ⤢
          </button>
        )}
        <span className={[styles.text, "foreign"].join(" ")}>
          {markParts(line.text, words).map((part, at) =>
            part.mark === null ? (
              part.text
            ) : (
              <mark key={at} data-mark={part.mark}>
                {part.text}
              </mark>
            ),
          )}
        </span>
      </div>
    </>
  );
}
