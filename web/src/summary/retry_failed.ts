// Starts a run of what failed in another, and leads into it.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router-dom";

import { api, dataOf } from "../api/client";
import { keys } from "../api/queries";
import { toast } from "../parts/toasts";

export function useRetryFailed(run: number) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => dataOf(api.POST("/api/ingestion/start", { body: { retry_failed: run } })),
    onSuccess: ({ run_id: next, already_active }) => {
      if (already_active) toast(`Run ${next} is at work already: nothing new was started.`);
      void queries.invalidateQueries({ queryKey: keys.currentRun });
      void queries.invalidateQueries({ queryKey: keys.runs, exact: true });
      navigate(`/ingest/${next}`, { state: "started" });
    },
  });
}
