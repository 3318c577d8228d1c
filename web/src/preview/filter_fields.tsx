// The terms of a filter as a person writes them: each on a line of its own.
import { useId, useState } from "react";

import styles from "./filter_editor.module.css";

interface TermFieldProps {
  label: string;
  hint: string;
  terms: readonly string[];
  onChange: (terms: string[]) => void;
}

function termsOf(text: string): string[] {
  const terms = text.split("\n").map((line) => line.trim());
  return [...new Set(terms)].filter((term) => term !== "");
}

export function TermField({ label, hint, terms, onChange }: TermFieldProps) {
  const id = useId();
  const [text, setText] = useState(() => terms.join("\n"));
  // What is typed stays as it is, until the terms become others than it means.
  const means = termsOf(text);
  const shown = means.join("\n") === terms.join("\n") ? text : terms.join("\n");
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        aria-describedby={`${id}-hint`}
        rows={Math.min(8, Math.max(2, shown.split("\n").length))}
        value={shown}
        spellCheck={false}
        onChange={({ target }) => {
          setText(target.value);
          onChange(termsOf(target.value));
        }}
      />
      <p id={`${id}-hint`} className="quiet small">
        {hint}
      </p>
    </div>
  );
}
