// Ends a run before its time, once a person has said so twice.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api, dataOf } from "../api/client";
import { sentenceOf } from "../api/errors";
import { keys, type RunCompany } from "../api/queries";
import { Button } from "../parts/button";
import { ConfirmDialog } from "../parts/dialog";
import { toast } from "../parts/toasts";
import { countOf } from "../text/counts";
import { settledOf } from "./counts";

export function AbortRun({ run, companies }: { run: number; companies: readonly RunCompany[] }) {
  const [open, setOpen] = useState(false);
  const queries = useQueryClient();
  const abort = useMutation({
    mutationFn: () =>
      dataOf(api.POST("/api/ingestion/abort/{run_id}", { params: { path: { run_id: run } } })),
    onSuccess: ({ success, message }) => {
      toast(message, success ? "good" : "bad");
      setOpen(false);
      void queries.invalidateQueries({ queryKey: keys.run(run) });
    },
  });
  const settled = settledOf(companies);
  return (
    <>
      <Button
        kind="danger"
        onClick={() => {
          abort.reset();
          setOpen(true);
        }}
      >
        Abort
      </Button>
      <ConfirmDialog
        open={open}
        onClose={() => setOpen(false)}
        title={`Abort run ${run}?`}
        confirm="Abort the run"
        cancel="Let it go on"
        danger
        busy={abort.isPending}
        problem={abort.isError ? sentenceOf(abort.error) : null}
        onConfirm={() => abort.mutate()}
      >
        <p>
          {settled} of {countOf(companies.length, "company", "companies")} are settled and stay so.
          Of the others nothing changes: their jobs stay as they were.
        </p>
      </ConfirmDialog>
    </>
  );
}
