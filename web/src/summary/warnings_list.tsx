// The warnings of a run, those of each company together; of many, the first few until a person asks for the rest.
import { type ReactNode, useState } from "react";

import type { Run } from "../api/queries";
import { Badge } from "../parts/badge";
import { Button } from "../parts/button";
import { FoldedText } from "../parts/folded_text";
import { countOf, formatCount, listWords } from "../text/counts";
import { groupWarnings } from "./warnings";
import styles from "./warnings_list.module.css";

interface WarningsListProps {
  warnings: Run["warnings"];
  titleOf: (name: string) => string;
}

export function WarningsList({ warnings, titleOf }: WarningsListProps) {
  if (warnings.length === 0) return null;
  const groups = groupWarnings(warnings);
  return (
    <section className="stack" aria-labelledby="warnings">
      <div className="row">
        <h2 id="warnings">Warnings</h2>
        <Badge tone="warn">{formatCount(warnings.length)}</Badge>
      </div>
      <div className={styles.groups}>
        <FirstOf most={12} what={["company", "companies"]} items={groups}>
          {(group) => (
            <div key={group.companies.join("\n")} className={styles.group}>
              <h3 className="foreign">{headingOf(group.companies.map(titleOf))}</h3>
              <ul className={styles.messages}>
                <FirstOf most={4} what={["warning", "warnings"]} items={group.messages}>
                  {(message) => (
                    <li key={message}>
                      <FoldedText>{message}</FoldedText>
                    </li>
                  )}
                </FirstOf>
              </ul>
            </div>
          )}
        </FirstOf>
      </div>
    </section>
  );
}

function headingOf(titles: readonly string[]): string {
  return titles.length === 0 ? "The run as a whole" : listWords(titles, 6);
}

interface FirstOfProps<T> {
  items: readonly T[];
  most: number;
  what: readonly [string, string]; // one, many
  children: (item: T) => ReactNode;
}

function FirstOf<T>({ items, most, what, children }: FirstOfProps<T>) {
  const [all, setAll] = useState(false);
  // One more is shown rather than hidden behind a button of the same size.
  const folds = items.length > most + 1;
  return (
    <>
      {(folds && !all ? items.slice(0, most) : items).map(children)}
      {folds && (
        <Button kind="quiet" aria-expanded={all} onClick={() => setAll(!all)}>
          {all
            ? "Show fewer"
            : `Show ${countOf(items.length - most, `more ${what[0]}`, `more ${what[1]}`)}`}
        </Button>
      )}
    </>
  );
}
