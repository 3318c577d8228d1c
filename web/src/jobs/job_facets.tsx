// What a list of jobs can be narrowed to, with how many there are of each.
import { useState } from "react";

import { Button } from "../parts/button";
import { formatCount } from "../text/counts";
import { foldText } from "../text/fold";
import styles from "./job_facets.module.css";
import {
  countOfStatus,
  hasWord,
  type JobsQuery,
  type SoughtStatus,
  statuses,
  withCompany,
  withWord,
} from "./jobs_query";
import type { JobPage } from "./use_jobs";

interface JobFacetsProps {
  query: JobsQuery;
  facets: JobPage["facets"];
  onQuery: (query: JobsQuery) => void;
  titleOf: (company: string) => string;
}

const statusWords: Record<SoughtStatus, string> = {
  open: "Open",
  ready: "Open, with description",
  pending: "Description to come",
  error: "Without description",
  missing: "Missing",
  withheld: "Withheld",
  expired: "Expired",
  all: "All",
};

const switches: readonly (readonly [string, string])[] = [
  ["is:new", "New in the last run"],
  ["remote", "Remote"],
  ["is:applied", "Applied"],
  ["is:hidden", "Hidden"],
];

export function JobFacets(props: JobFacetsProps) {
  const { query, facets, onQuery } = props;
  return (
    <div className={styles.facets}>
      <fieldset>
        <legend>Only</legend>
        {switches.map(([word, title]) => (
          <label key={word} className={styles.choice}>
            <input
              type="checkbox"
              checked={hasWord(query.q, word)}
              onChange={(event) =>
                onQuery({ ...query, q: withWord(query.q, word, event.target.checked) })
              }
            />
            <span>{title}</span>
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>Status</legend>
        {statuses.map((status) => {
          const count = countOfStatus(facets.status, status);
          return (
            <label key={status} className={styles.choice}>
              <input
                type="radio"
                name="status"
                checked={query.status === status}
                onChange={() => onQuery({ ...query, status })}
              />
              <span>{statusWords[status]}</span>
              {count !== null && <Count of={count} />}
            </label>
          );
        })}
      </fieldset>
      <Companies {...props} />
    </div>
  );
}

const fewCompanies = 10;

function Companies({ query, facets, onQuery, titleOf }: JobFacetsProps) {
  const [all, setAll] = useState(false);
  const [sought, setSought] = useState("");
  const counted = Object.entries(facets.company);
  // What is chosen stays in sight where it has no job.
  for (const name of query.companies)
    if (facets.company[name] === undefined) counted.push([name, 0]);
  if (counted.length === 0) return null;
  const chosen = (name: string) => query.companies.includes(name);
  const folded = foldText(sought);
  const found = counted
    .filter(([name]) => foldText(`${titleOf(name)} ${name}`).includes(folded))
    .sort(
      ([a, jobsOfA], [b, jobsOfB]) =>
        Number(chosen(b)) - Number(chosen(a)) || jobsOfB - jobsOfA || a.localeCompare(b),
    );
  const shown = found.slice(0, all ? mostCompanies : fewCompanies);
  return (
    <fieldset>
      <legend>Company</legend>
      {counted.length > fewCompanies && (
        <input
          type="search"
          className={styles.seek}
          aria-label="Find a company among these"
          placeholder={`Find among ${formatCount(counted.length)}`}
          value={sought}
          onChange={(event) => setSought(event.target.value)}
        />
      )}
      {shown.map(([name, jobs]) => (
        <label key={name} className={styles.choice}>
          <input
            type="checkbox"
            checked={chosen(name)}
            onChange={(event) => onQuery(withCompany(query, name, event.target.checked))}
          />
          <span className="foreign">{titleOf(name)}</span>
          <Count of={jobs} />
        </label>
      ))}
      {found.length > shown.length && (
        <p>
          {all ? (
            <span className="quiet small">
              {formatCount(found.length - shown.length)} more: find them by their names.
            </span>
          ) : (
            <Button kind="quiet" onClick={() => setAll(true)}>
              Show more companies
            </Button>
          )}
        </p>
      )}
    </fieldset>
  );
}

const mostCompanies = 200; // in the document at once

function Count({ of }: { of: number }) {
  return <span className={[styles.count, "numbers"].join(" ")}>{formatCount(of)}</span>;
}
