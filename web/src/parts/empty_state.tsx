// What stands where there is nothing yet: why, and what to do next.
import type { ReactNode } from "react";

import styles from "./empty_state.module.css";

export function EmptyState({
  title,
  children,
  action,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={styles.empty}>
      <h2>{title}</h2>
      {children !== undefined && <div className="quiet">{children}</div>}
      {action !== undefined && <div className="row">{action}</div>}
    </div>
  );
}
