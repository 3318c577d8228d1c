// What each page begins with: its title, which takes the focus when a person comes from another, and its actions.
import { type ReactNode, useEffect, useRef } from "react";

import styles from "./page_frame.module.css";

let cameFromAnother = false;

interface PageFrameProps {
  title: string;
  subtitle?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

export function PageFrame({ title, subtitle, actions, children }: PageFrameProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Rolecall`;
  }, [title]);
  useEffect(() => {
    if (cameFromAnother) heading.current?.focus({ preventScroll: true });
    cameFromAnother = true;
  }, []);
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {subtitle !== undefined && <div className="quiet">{subtitle}</div>}
        </div>
        {actions !== undefined && <div className="row">{actions}</div>}
      </div>
      {children}
    </div>
  );
}
