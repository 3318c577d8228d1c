// Reads the companies of a run again that could not be carried through, in a run of their own.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router-dom";

import { api, dataOf } from "../api/client";
import { sentenceOf } from "../api/errors";
import { keys, type Run } from "../api/queries";
import { Button } from "../parts/button";
import { toast } from "../parts/toasts";

export function RetryFailed({ run }: { run: Run }) {
  const lead = useLeadIntoRun();
  const retry = useMutation({
    mutationFn: () =>
      dataOf(api.POST("/api/ingestion/start", { body: { retry_failed: run.run_id } })),
    onSuccess: ({ run_id, already_active }) => {
      if (already_active) toast(`Run ${run_id} is at work already.`);
      lead(run_id);
    },
    onError: (error) => toast(sentenceOf(error), "bad"),
  });
  return (
    <Button busy={retry.isPending} onClick={() => retry.mutate()}>
      Retry what failed
    </Button>
  );
}

// To a run that has just begun.
export function useLeadIntoRun(): (run: number) => void {
  const navigate = useNavigate();
  const queries = useQueryClient();
  return (run) => {
    queries.setQueryData(keys.currentRun, run);
    void queries.invalidateQueries({ queryKey: keys.runs });
    navigate(`/ingest/${run}`);
  };
}
