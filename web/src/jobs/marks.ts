// Hiding and applying: each at once on the page, with a way back, and undone where the server refuses.
import { type InfiniteData, useMutation, useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef } from "react";

import { api } from "../api/client";
import { sentenceOf } from "../api/errors";
import { toast } from "../parts/toasts";
import { type Job, jobKeys, type JobPage } from "./use_jobs";

export type Mark = "hidden" | "applied";

interface Change {
  job: Pick<Job, "id" | "title">;
  mark: Mark;
  on: boolean;
}

interface CompanyChange {
  company: string;
  title: string; // as people read it
  on: boolean;
}

async function sendMark({ job, mark, on }: Change): Promise<void> {
  const params = { params: { path: { job_id: job.id, mark } } };
  await (on
    ? api.PUT("/api/jobs/{job_id}/marks/{mark}", params)
    : api.DELETE("/api/jobs/{job_id}/marks/{mark}", params));
}

async function sendHidden({ company, on }: CompanyChange): Promise<void> {
  const params = { params: { path: { name: company } } };
  await (on
    ? api.PUT("/api/ingestion/companies/{name}/marks/hidden", params)
    : api.DELETE("/api/ingestion/companies/{name}/marks/hidden", params));
}

type Pages = InfiniteData<JobPage>;

// The pages without these jobs.
export function without(
  pages: Pages | undefined,
  leaves: (job: Job) => boolean,
): Pages | undefined {
  if (pages === undefined) return undefined;
  const gone = pages.pages.reduce((sum, page) => sum + page.jobs.filter(leaves).length, 0);
  return {
    ...pages,
    pages: pages.pages.map((page) => ({
      ...page,
      jobs: page.jobs.filter((job) => !leaves(job)),
      total: Math.max(0, page.total - gone),
    })),
  };
}

const done: Record<Mark, Record<"on" | "off", string>> = {
  hidden: { on: "Hidden", off: "Shown again" },
  applied: { on: "Marked as applied", off: "No longer marked as applied" },
};

export function useMarks() {
  const queries = useQueryClient();
  const lastUndo = useRef<(() => void) | null>(null);
  const refresh = useCallback(
    () => void queries.invalidateQueries({ queryKey: jobKeys.all }),
    [queries],
  );
  const failed = (error: unknown) => {
    toast(`Nothing was marked: ${sentenceOf(error)}`, "bad");
  };
  const leave = (leaves: (job: Job) => boolean) => {
    queries.setQueriesData<Pages>({ queryKey: jobKeys.lists }, (pages) => without(pages, leaves));
  };

  // One after the other: what is undone at once must not overtake what it undoes.
  const inTurn = { scope: { id: "marks" }, onError: failed, onSettled: refresh };
  const marking = useMutation({ mutationFn: sendMark, ...inTurn });
  const hiding = useMutation({ mutationFn: sendHidden, ...inTurn });

  const offer = (told: string, undo: () => void) => {
    let isUndone = false;
    const once = () => {
      if (isUndone) return;
      isUndone = true;
      if (lastUndo.current === once) lastUndo.current = null;
      undo();
    };
    lastUndo.current = once;
    toast(told, "good", { word: "Undo", act: once });
  };

  const mark = (change: Change) => {
    // Of a list it goes at once: a hidden job leaves those that are shown, and one that is shown again the hidden ones.
    if (change.mark === "hidden") leave((job) => job.id === change.job.id);
    marking.mutate(change);
    offer(`${done[change.mark][change.on ? "on" : "off"]}: ${change.job.title}`, () =>
      marking.mutate({ ...change, on: !change.on }),
    );
  };
  const hideCompany = (change: CompanyChange) => {
    leave((job) => job.company === change.company);
    hiding.mutate(change);
    offer(`${done.hidden[change.on ? "on" : "off"]}: all jobs of ${change.title}`, () =>
      hiding.mutate({ ...change, on: !change.on }),
    );
  };
  return { mark, hideCompany, undo: () => lastUndo.current?.() };
}

export type Marks = ReturnType<typeof useMarks>;
