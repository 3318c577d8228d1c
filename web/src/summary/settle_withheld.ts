// Settles the withheld jobs of a company by a person's word.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router-dom";

import { api, dataOf } from "../api/client";
import { ApiError } from "../api/errors";
import { keys } from "../api/queries";
import { toast } from "../parts/toasts";
import { countOf } from "../text/counts";

interface Settling {
  run: number;
  company: string;
  onKept: () => void; // once it is seen here
}

export function useSettleWithheld({ run, company, onKept }: Settling) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const settle = (action: "expire" | "keep") =>
    dataOf(
      api.POST("/api/ingestion/runs/{run_id}/withheld/{company}", {
        params: { path: { run_id: run, company } },
        body: { action },
      }),
    );
  const lookAgain = () => queries.invalidateQueries({ queryKey: keys.withheld(run, company) });

  const expire = useMutation({
    mutationFn: () => settle("expire"),
    onSuccess: ({ run_id: next }) => {
      void lookAgain();
      void queries.invalidateQueries({ queryKey: keys.currentRun });
      void queries.invalidateQueries({ queryKey: keys.runs, exact: true });
      if (next !== null) navigate(`/ingest/${next}`, { state: "started" });
    },
  });
  const keep = useMutation({
    mutationFn: () => settle("keep"),
    onSuccess: async ({ jobs }) => {
      await lookAgain();
      toast(jobs === 1 ? "1 job is kept." : `${countOf(jobs, "job")} are kept.`);
      onKept();
    },
    // Settled elsewhere meanwhile, for one.
    onError: () => void lookAgain(),
  });
  return { expire, keep };
}

// The run that is at work and stands in the way; null where something else does.
export function runInTheWay(error: unknown): number | null {
  if (!(error instanceof ApiError) || error.status !== 409) return null;
  const { body } = error;
  if (typeof body !== "object" || body === null || !("run_id" in body)) return null;
  return typeof body.run_id === "number" ? body.run_id : null;
}
