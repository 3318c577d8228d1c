// What each page begins with: its title, which takes the focus when a person comes from another, and its actions.
import { type ReactNode, useEffect, useRef } from "react";

import styles from "./page_frame.module.css";

// Of the frame that was drawn last: its address, and whether its heading had to take the focus.
let last: { path: string; took: boolean } | null = null;

// A page draws a frame while it waits for what it shows, and another when it has it: the second takes the focus only
// where it was the first's, so that a person who went elsewhere meanwhile, into a menu say, stays there.
function takesFocus(): boolean {
  const path = window.location.pathname;
  const isAnother = last !== null && last.path !== path;
  const wasHeld = last?.took === true && document.activeElement === document.body;
  last = { path, took: isAnother || wasHeld };
  return last.took;
}

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
    if (takesFocus()) heading.current?.focus({ preventScroll: true });
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
