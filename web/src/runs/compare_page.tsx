// What differs between what two runs left, company by company.
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router-dom";

import { NothingHere } from "../app/nothing_here";
import { PageFrame } from "../app/page_frame";
import { api, dataOf } from "../api/client";
import { sentenceOf } from "../api/errors";
import type { Schemas } from "../api/queries";
import { useTitleOf } from "../configure/titles";
import { factWords } from "../jobs/ages";
import { Badge, type BadgeTone } from "../parts/badge";
import { Button } from "../parts/button";
import { Count, Counts } from "../parts/counts";
import { Notice } from "../parts/notice";
import { Waiting } from "../parts/waiting";
import styles from "./compare_page.module.css";

type ComparedJob = Schemas["ComparedJob"];
type Change = ComparedJob["change"];

const jobsAPage = 200;

const changes: Record<Change, readonly [string, BadgeTone]> = {
  new: ["new", "new"],
  back: ["back", "reopened"],
  changed: ["changed", "changed"],
  gone: ["gone", "expired"],
};

function useComparison(run: number, other: number) {
  return useInfiniteQuery({
    queryKey: ["comparison", run, other],
    queryFn: ({ pageParam }) =>
      dataOf(
        api.GET("/api/ingestion/runs/{run_id}/compare/{other}", {
          params: {
            path: { run_id: run, other },
            query: { limit: jobsAPage, offset: pageParam },
          },
        }),
      ),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next_offset,
  });
}

export function ComparePage() {
  const { run = "", other = "" } = useParams();
  const isId = (written: string) => /^[1-9]\d{0,14}$/.test(written);
  if (!isId(run) || !isId(other)) return <NothingHere />;
  return <Comparison key={`${run} ${other}`} run={Number(run)} other={Number(other)} />;
}

function Comparison({ run, other }: { run: number; other: number }) {
  const compared = useComparison(run, other);
  const titleOf = useTitleOf();
  const first = compared.data?.pages[0];
  const jobs = compared.data?.pages.flatMap((page) => page.jobs) ?? [];
  const [earlier, later] = [Math.min(run, other), Math.max(run, other)];
  return (
    <PageFrame
      title={`From run ${earlier} to run ${later}`}
      subtitle={
        <>
          What differs between what <Link to={`/summary/${earlier}`}>run {earlier}</Link> and{" "}
          <Link to={`/summary/${later}`}>run {later}</Link> left open.
        </>
      }
    >
      {compared.isError && (
        <Notice
          tone="bad"
          title={sentenceOf(compared.error)}
          actions={<Button onClick={() => void compared.refetch()}>Try again</Button>}
          alert
        />
      )}
      {first === undefined && !compared.isError && <Waiting>Comparing…</Waiting>}
      {first !== undefined && (
        <section className="card" aria-label="Numbers">
          <Counts>
            <Count word="new" value={first.new} meaning="Never open before" />
            <Count
              word="back"
              value={first.back}
              meaning={`Had left before run ${earlier} ended`}
            />
            <Count word="changed" value={first.changed} meaning="Open both times" />
            <Count word="gone" value={first.gone} meaning={`Open after run ${earlier} alone`} />
          </Counts>
        </section>
      )}
      {first !== undefined && jobs.length === 0 && <p>Nothing differs.</p>}
      {byCompany(jobs).map(([company, all]) => (
        <section key={company} className="stack" aria-label={titleOf(company)}>
          <h2 className="foreign">{titleOf(company)}</h2>
          <ul className={styles.jobs}>
            {all.map((job) => (
              <li key={job.id}>
                <Badge tone={changes[job.change][1]}>{changes[job.change][0]}</Badge>
                <Link to={`/jobs/${job.id}`} className="foreign">
                  {job.title || "Without a title"}
                </Link>
                <span className="quiet small foreign">{factWords(job).join(" · ")}</span>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {compared.hasNextPage && (
        <div className="row">
          <Button busy={compared.isFetchingNextPage} onClick={() => void compared.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </PageFrame>
  );
}

// In the order in which they come.
function byCompany(jobs: readonly ComparedJob[]): [string, ComparedJob[]][] {
  const groups = new Map<string, ComparedJob[]>();
  for (const job of jobs) {
    const group = groups.get(job.company);
    if (group === undefined) groups.set(job.company, [job]);
    else group.push(job);
  }
  return [...groups];
}
