// A text that a stranger wrote, of which a long one shows its first lines until a person asks for the rest.
import { useId, useState } from "react";

import styles from "./folded_text.module.css";

// Shorter ones stand in about three lines anyway.
const longest = 280;

export function FoldedText({ children, className = "" }: { children: string; className?: string }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const folds = children.length > longest;
  return (
    <div className={["foreign", className].join(" ")}>
      <p id={id} className={folds && !open ? styles.folded : undefined}>
        {children}
      </p>
      {folds && (
        <button
          type="button"
          className={styles.more}
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          {open ? "Show less" : "Show all of it"}
        </button>
      )}
    </div>
  );
}
