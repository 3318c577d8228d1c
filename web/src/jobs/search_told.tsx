// What became of the words: corrected, with a way back, or not looked for everywhere.
import { Button } from "../parts/button";
import { Notice } from "../parts/notice";
import type { JobsQuery } from "./jobs_query";
import type { JobPage } from "./use_jobs";

interface SearchToldProps {
  page: JobPage;
  query: JobsQuery;
  onQuery: (query: JobsQuery) => void;
}

const lacks: Record<NonNullable<JobPage["search"]>, string> = {
  "words only":
    "Words are looked for as they are, in titles, companies and places: there is no search index.",
  "some texts": "Some descriptions are not looked through yet. They will be in a while.",
};

export function SearchTold({ page, query, onQuery }: SearchToldProps) {
  const { corrected } = page;
  return (
    <div role="status">
      {corrected !== undefined && (
        <Notice
          title={
            <>
              Showing results for <b className="foreign">{corrected.to}</b>
            </>
          }
          actions={
            <Button onClick={() => onQuery({ ...query, exact: true })}>
              Search for <span className="foreign">{corrected.from}</span> instead
            </Button>
          }
        />
      )}
      {query.exact && (
        <Notice
          title="Words are taken as you wrote them."
          actions={
            <Button onClick={() => onQuery({ ...query, exact: false })}>Forgive slips</Button>
          }
        />
      )}
      {page.search !== undefined && <p className="quiet small">{lacks[page.search]}</p>}
    </div>
  );
}
