// Filters folded into a line that sums them up, and opens for editing them.
import { Collapsible } from "radix-ui";
import type { ReactNode } from "react";

import styles from "./filters_fold.module.css";

interface FiltersFoldProps {
  summary: string;
  open: boolean;
  onOpen: (open: boolean) => void;
  aside: ReactNode; // buttons beside it, shown in both states
  children: ReactNode;
}

export function FiltersFold({ summary, open, onOpen, aside, children }: FiltersFoldProps) {
  return (
    <Collapsible.Root open={open} onOpenChange={onOpen}>
      <div className={styles.foot}>
        <Collapsible.Trigger className={styles.trigger ?? ""}>
          <span aria-hidden="true" className={styles.arrow}>
            ▸
          </span>
          <span className="unseen">Filters: </span>
          <span className="foreign">{summary}</span>
        </Collapsible.Trigger>
        <div className={styles.aside}>{aside}</div>
      </div>
      <Collapsible.Content className={styles.filters ?? ""}>{children}</Collapsible.Content>
    </Collapsible.Root>
  );
}
