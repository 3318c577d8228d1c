// The companies of the directory that are not followed: found by a search, followed by a button.
import { useLayoutEffect, useRef, useState } from "react";

import { Button } from "../parts/button";
import { countOf } from "../text/counts";
import { CardHead } from "./card_head";
import styles from "./other_companies.module.css";
import type { ShownCompany } from "./shown_company";
import { useShare } from "./use_share";

interface OtherCompaniesProps {
  companies: readonly ShownCompany[];
  kindTitleOf: (kind: string | null) => string | null;
  onFollow: (company: string) => void;
}

const step = 60;

export function OtherCompanies({ companies, kindTitleOf, onFollow }: OtherCompaniesProps) {
  const share = useShare(companies.length, step);
  const list = useRef<HTMLUListElement>(null);
  const [news, setNews] = useState("");
  const focusAt = useFocusNext(list, companies);
  return (
    <>
      <ul ref={list} className={styles.companies}>
        {companies.slice(0, share.count).map((company, at) => (
          <li key={company.name} className={styles.company}>
            <CardHead company={company} kindTitle={kindTitleOf(company.board)}>
              <Button
                data-follow
                aria-label={`Follow ${company.title.slice(0, 100)}`}
                onClick={() => {
                  focusAt(at);
                  setNews(`${company.title.slice(0, 100)} is followed once you save.`);
                  onFollow(company.name);
                }}
              >
                Follow
              </Button>
            </CardHead>
          </li>
        ))}
      </ul>
      <p role="status" className="unseen">
        {news}
      </p>
      {share.left > 0 && (
        <div className="row">
          <Button onClick={share.more}>Show {Math.min(share.left, step)} more</Button>
          <span className="quiet small">
            {countOf(share.left, "more company", "more companies")}: find one by its name above.
          </span>
        </div>
      )}
    </>
  );
}

// A company that is followed leaves the list: the one behind it has the focus then.
function useFocusNext(list: { current: HTMLElement | null }, companies: readonly ShownCompany[]) {
  const at = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (at.current === null) return;
    const buttons = list.current?.querySelectorAll<HTMLElement>("[data-follow]") ?? [];
    (buttons[at.current] ?? buttons[buttons.length - 1])?.focus();
    at.current = null;
  }, [list, companies]);
  return (next: number) => {
    at.current = next;
  };
}
