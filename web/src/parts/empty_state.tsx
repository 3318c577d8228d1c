// What stands where there is nothing yet: why, and what to do next.
import type { ReactNode } from "react";

import styles from "./empty_state.module.css";

export function EmptyState({
  title,
  alone = false,
  children,
  action,
}: {
  title: string;
  alone?: boolean; // it is all of the page
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={styles.empty}>
      {alone ? <h1>{title}</h1> : <h2>{title}</h2>}
      {children !== undefined && <div className="quiet">{children}</div>}
      {action !== undefined && <div className="row">{action}</div>}
    </div>
  );
}
