// A field of a form: its label, its hint, and what is wrong with it, all of which its control names.
import { type ReactNode, useId } from "react";

import styles from "./field.module.css";

// What the control has to be given.
interface GivenToField {
  id: string;
  "aria-describedby": string;
  "aria-invalid": boolean;
}

interface FieldProps {
  label: string;
  hint?: string | undefined;
  problem: string | undefined;
  children: (given: GivenToField) => ReactNode;
}

export function Field({ label, hint, problem, children }: FieldProps) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children({ id, "aria-describedby": `${id}-words`, "aria-invalid": problem !== undefined })}
      <p id={`${id}-words`} className="small foreign">
        {problem !== undefined && <span className={styles.problem}>{problem} </span>}
        {hint !== undefined && <span className="quiet">{hint}</span>}
      </p>
    </div>
  );
}
