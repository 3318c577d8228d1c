// The companies of the directory that are called nearly as what is typed, to choose the one that is meant.
import type { KeyboardEvent, Ref } from "react";

import { sentenceOf } from "../api/errors";
import { Badge } from "../parts/badge";
import { Button } from "../parts/button";
import { Logo } from "../parts/logo";
import { Notice } from "../parts/notice";
import { countOf } from "../text/counts";
import styles from "./known_companies.module.css";
import { type KnownCompany, useDirectory } from "./use_directory";
import { useKindTitle } from "./use_kinds";

interface KnownCompaniesProps {
  name: string;
  listRef: Ref<HTMLUListElement>;
  onChoose: (company: KnownCompany) => void;
}

export function KnownCompanies({ name, listRef, onChoose }: KnownCompaniesProps) {
  const { found, isCurrent, error, again } = useDirectory(name);
  if (error !== null)
    return (
      <Notice
        tone="bad"
        title={sentenceOf(error)}
        actions={<Button onClick={again}>Try again</Button>}
        alert
      />
    );
  return (
    <div className="stack">
      <p role="status" className="quiet small">
        {sayFound(found, isCurrent)}
      </p>
      {found !== null && found.length > 0 && (
        <ul
          ref={listRef}
          className={styles.companies}
          aria-label="Known companies"
          aria-busy={!isCurrent}
        >
          {found.map((company) => (
            <li key={`${company.board} ${company.token}`}>
              <Known company={company} onChoose={onChoose} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function sayFound(found: readonly KnownCompany[] | null, isCurrent: boolean): string {
  if (!isCurrent) return "Looking for it…";
  if (found === null || found.length === 0)
    return "Nothing of that name is known here. Paste the address of its careers page.";
  return `${countOf(found.length, "board")} known: choose one to see its jobs before you follow it.`;
}

interface KnownProps {
  company: KnownCompany;
  onChoose: (company: KnownCompany) => void;
}

function Known({ company, onChoose }: KnownProps) {
  const { display_name, logo_url, board, token, well_known, confirmed } = company;
  const kindTitleOf = useKindTitle();
  return (
    <button
      type="button"
      className={styles.company}
      onClick={() => onChoose(company)}
      onKeyDown={moveByArrows}
    >
      <Logo url={logo_url} name={display_name} size={28} />
      <span className={styles.names}>
        <span className={["foreign", styles.title].join(" ")}>{display_name}</span>
        <span className="quiet small foreign">
          {kindTitleOf(board)} · {token}
        </span>
      </span>
      <span className={styles.marks}>
        {well_known ? (
          <Badge tone="good">well known</Badge>
        ) : (
          <Badge title="It is named for its token: look at its jobs before you follow it.">
            a guess
          </Badge>
        )}
        {!confirmed && (
          <Badge tone="warn" title="Its vendor answers to any name: there may be no such board.">
            unconfirmed
          </Badge>
        )}
      </span>
    </button>
  );
}

function moveByArrows(event: KeyboardEvent<HTMLElement>) {
  const row = event.currentTarget.parentElement;
  const next =
    event.key === "ArrowDown"
      ? row?.nextElementSibling
      : event.key === "ArrowUp"
        ? row?.previousElementSibling
        : null;
  const button = next?.querySelector("button");
  if (!button) return;
  event.preventDefault();
  button.focus();
}
