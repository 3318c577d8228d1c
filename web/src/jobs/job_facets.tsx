// What a list of jobs can be narrowed to, with how many there are of each.
import { Button } from "../parts/button";
import { foldText } from "../text/fold";
import { Count, CountedChoices } from "./counted_choices";
import { HiddenCompanies } from "./hidden_companies";
import styles from "./job_facets.module.css";
import {
  countOfStatus,
  hasPlace,
  hasWord,
  type JobsQuery,
  placesIn,
  type SoughtStatus,
  statuses,
  withCompany,
  withPlace,
  withWord,
} from "./jobs_query";
import type { Marks } from "./marks";
import type { JobPage } from "./use_jobs";

interface JobFacetsProps {
  query: JobsQuery;
  facets: JobPage["facets"];
  onQuery: (query: JobsQuery) => void;
  titleOf: (company: string) => string;
  marks: Marks;
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
            {word === "remote" && <Count of={facets.remote.yes} />}
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
      <Places {...props} />
    </div>
  );
}

function Companies({ query, facets, onQuery, titleOf, marks }: JobFacetsProps) {
  const names = Object.keys(facets.company);
  // What is chosen stays in sight where it has no job.
  for (const name of query.companies) if (facets.company[name] === undefined) names.push(name);
  const choices = names.map((name) => ({
    name,
    title: titleOf(name),
    jobs: facets.company[name] ?? 0,
    chosen: query.companies.includes(name),
  }));
  const hides = !hasWord(query.q, "is:hidden");
  return (
    <>
      {choices.length > 0 && (
        <CountedChoices
          legend="Company"
          one="a company"
          many="companies"
          choices={choices}
          onChoose={(name, on) => onQuery(withCompany(query, name, on))}
          actions={({ name, title }) =>
            hides && (
              <button
                type="button"
                className={styles.hide}
                onClick={() => marks.hideCompany({ company: name, title, on: true })}
              >
                Hide<span className="unseen"> all jobs of {title}</span>
              </button>
            )
          }
        />
      )}
      <HiddenCompanies titleOf={titleOf} marks={marks} />
    </>
  );
}

function Places({ query, facets, onQuery }: JobFacetsProps) {
  const names = Object.keys(facets.place);
  for (const name of placesIn(query.q))
    if (!names.some((one) => foldText(one) === foldText(name))) names.push(name);
  if (names.length === 0) return null;
  return (
    <CountedChoices
      legend="Place"
      one="a place"
      many="places"
      choices={names.map((name) => ({
        name,
        title: name,
        jobs: facets.place[name] ?? 0,
        chosen: hasPlace(query.q, name),
      }))}
      onChoose={(name, on) => onQuery({ ...query, q: withPlace(query.q, name, on) })}
      // Of many only those of most jobs are told.
      further={(sought) => (
        <p>
          <Button
            kind="quiet"
            onClick={() => onQuery({ ...query, q: withPlace(query.q, sought, true) })}
          >
            Only jobs in <span className="foreign">“{sought}”</span>
          </Button>
        </p>
      )}
    />
  );
}
