// The head of a company wherever it is shown: logo, name, the kind of its board and its careers page.
import type { ReactNode, Ref } from "react";

import { Logo } from "../parts/logo";
import styles from "./card_head.module.css";
import type { ShownCompany } from "./shown_company";

interface CardHeadProps {
  company: ShownCompany;
  kindTitle: string | null;
  headingRef?: Ref<HTMLHeadingElement>;
  mark?: ReactNode; // of what is not saved
  children: ReactNode;
}

export function CardHead({ company, kindTitle, headingRef, mark, children }: CardHeadProps) {
  const { title, logo, careers } = company;
  return (
    <div className={styles.head}>
      {logo !== null && <Logo url={logo} name={title} size={36} />}
      <div className={styles.names}>
        <h3
          ref={headingRef}
          tabIndex={-1}
          className={["foreign", styles.title].join(" ")}
          title={title}
        >
          {title}
        </h3>
        <p className="small quiet row">
          <span>{kindTitle ?? "The directory knows it no more"}</span>
          {careers !== null && (
            <a href={careers} target="_blank" rel="noopener noreferrer">
              Careers page<span className="unseen"> of {title.slice(0, 100)}</span>
              <span aria-hidden="true"> ↗</span>
            </a>
          )}
          {mark}
        </p>
      </div>
      {children}
    </div>
  );
}
