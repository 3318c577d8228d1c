// Starts a run, once a person has read of which companies and what it would do; leads into it.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router-dom";

import { api, dataOf } from "../api/client";
import { sentenceOf } from "../api/errors";
import { keys, type Setting } from "../api/queries";
import { Button } from "../parts/button";
import { ConfirmDialog } from "../parts/dialog";
import { Notice } from "../parts/notice";
import { toast } from "../parts/toasts";
import { countOf } from "../text/counts";
import type { Drafts } from "./drafts";
import type { Totals } from "./previewed";
import { unsavedSentence, whatARunWouldDo } from "./sentences";
import styles from "./start_run.module.css";
import { useSaveDrafts } from "./use_sorted";

interface StartRunProps {
  settings: readonly Setting[];
  totals: Totals; // by the saved filters
  stale: string | null; // how the preview is older than the settings
  drafts: Drafts;
  titleOf: (name: string) => string;
}

function useStart() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => dataOf(api.POST("/api/ingestion/start")),
    onSuccess: ({ run_id: run, already_active }) => {
      if (already_active === true) toast(`Run ${run} is at work already.`);
      void queries.invalidateQueries({ queryKey: keys.currentRun });
      void queries.invalidateQueries({ queryKey: keys.runs });
      navigate(`/ingest/${run}`, { state: "started" });
    },
  });
}

export function StartRun({ settings, totals, stale, drafts, titleOf }: StartRunProps) {
  const [open, setOpen] = useState(false);
  const start = useStart();
  const names = settings
    .filter((one) => one.is_enabled)
    .map((one) => titleOf(one.company_name))
    .sort((a, b) => a.localeCompare(b));
  return (
    <>
      <Button
        kind="primary"
        disabled={names.length === 0}
        onClick={() => {
          start.reset();
          setOpen(true);
        }}
      >
        Start ingestion
      </Button>
      <ConfirmDialog
        open={open}
        onClose={() => setOpen(false)}
        title={`Start a run of ${countOf(names.length, "company", "companies")}?`}
        confirm="Start the run"
        busy={start.isPending}
        problem={start.isError ? sentenceOf(start.error) : null}
        onConfirm={() => start.mutate()}
      >
        <div className="stack">
          <p className="numbers">{whatARunWouldDo(totals)}</p>
          {stale !== null && (
            <Notice tone="warn" title={stale}>
              <p>These numbers do not know of it; the run does.</p>
            </Notice>
          )}
          <UnsavedDrafts drafts={drafts} titleOf={titleOf} />
          <ul className={styles.names}>
            {names.map((name) => (
              <li key={name} className="foreign">
                {name}
              </li>
            ))}
          </ul>
        </div>
      </ConfirmDialog>
    </>
  );
}

function UnsavedDrafts({ drafts, titleOf }: { drafts: Drafts; titleOf: (name: string) => string }) {
  const save = useSaveDrafts();
  const names = Object.keys(drafts);
  if (names.length === 0) return null;
  return (
    <Notice
      tone="warn"
      title={unsavedSentence(names.map(titleOf))}
      actions={
        <Button busy={save.isPending} onClick={() => save.mutate(drafts)}>
          Save filters
        </Button>
      }
    >
      {save.isError && <p role="alert">{sentenceOf(save.error)}</p>}
    </Notice>
  );
}
