// A heading that shows and hides what stands below it.
import { Collapsible } from "radix-ui";
import type { ReactNode } from "react";

import styles from "./disclosure.module.css";

interface DisclosureProps {
  level: "h2" | "h3" | "h4" | "h5";
  title: ReactNode;
  aside?: ReactNode; // beside the heading, shown in both states
  open: boolean;
  onToggle: (open: boolean) => void;
  children: ReactNode;
}

export function Disclosure({
  level: Heading,
  title,
  aside,
  open,
  onToggle,
  children,
}: DisclosureProps) {
  return (
    <Collapsible.Root open={open} onOpenChange={onToggle} className={styles.disclosure ?? ""}>
      <div className={styles.head}>
        <Heading className={styles.heading}>
          <Collapsible.Trigger className={styles.trigger ?? ""}>
            <Chevron />
            {title}
          </Collapsible.Trigger>
        </Heading>
        {aside}
      </div>
      <Collapsible.Content className={styles.content ?? ""}>{children}</Collapsible.Content>
    </Collapsible.Root>
  );
}

function Chevron() {
  return (
    <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" className={styles.chevron}>
      <path d="m5 3 6 5-6 5" fill="none" stroke="currentColor" strokeWidth="2" />
    </svg>
  );
}
