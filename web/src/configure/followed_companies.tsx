// The cards of the companies that are followed, and of those that were until now.
import { useMemo } from "react";

import { CardsInSight } from "./cards_in_sight";
import { CompanyCard } from "./company_card";
import styles from "./followed_companies.module.css";
import { type Choice, choiceOf, markOf } from "./draft";
import type { CardMisfit } from "./misfits";
import type { ShownCompany } from "./shown_company";
import type { Draft } from "./use_draft";
import type { OpenCards } from "./use_open_cards";

interface FollowedCompaniesProps {
  companies: readonly ShownCompany[];
  draft: Draft;
  cards: OpenCards;
  kindTitleOf: (kind: string | null) => string | null;
  onEdit: (company: string, choice: Choice | null) => void;
  onUndo: (company: string) => void;
}

const noMisfits: readonly CardMisfit[] = [];

// More are drawn by what is seen of them.
const mostDrawnWhole = 60;

export function FollowedCompanies(props: FollowedCompaniesProps) {
  const { companies, cards } = props;
  const held = useMemo(
    () => (cards.focused === null ? cards.open : new Set([...cards.open, cards.focused])),
    [cards.open, cards.focused],
  );
  if (companies.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="followed">
      <h2 id="followed" tabIndex={-1}>
        Followed
      </h2>
      {companies.length > mostDrawnWhole ? (
        <CardsInSight items={companies} held={held}>
          {(company) => <Followed company={company} {...props} />}
        </CardsInSight>
      ) : (
        <ul className={styles.cards}>
          {companies.map((company) => (
            <li key={company.name} className={styles.place}>
              <Followed company={company} {...props} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Followed({ company, draft, cards, ...props }: FollowedCompaniesProps & One) {
  const { saved, edits, misfits } = draft;
  return (
    <CompanyCard
      company={company}
      kindTitle={props.kindTitleOf(company.board)}
      choice={choiceOf(saved, edits, company.name)}
      mark={markOf(saved, edits, company.name)}
      misfits={misfits.get(company.name) ?? noMisfits}
      open={cards.open.has(company.name)}
      takesFocus={cards.focused === company.name}
      onEdit={props.onEdit}
      onUndo={props.onUndo}
      onOpen={cards.setOpen}
      onFocused={cards.onFocused}
    />
  );
}

interface One {
  company: ShownCompany;
}
