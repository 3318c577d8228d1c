// What is shown, as a file: all of it, also what was not scrolled to.
import { useMutation } from "@tanstack/react-query";

import { fetchSigned } from "../api/client";
import { sentenceOf } from "../api/errors";
import { Menu, MenuItem } from "../parts/menu";
import { saveFile } from "../parts/save_file";
import { toast } from "../parts/toasts";
import { countOf } from "../text/counts";
import { askedOf, type JobsQuery } from "./jobs_query";

type Format = "csv" | "jsonl";

function exportAddress(query: JobsQuery, format: Format): string {
  const { q, company, status, run, fate, exact } = askedOf(query);
  const asked = new URLSearchParams({ format });
  if (q !== undefined) asked.set("q", q);
  for (const one of company ?? []) asked.append("company", one);
  if (status !== undefined) asked.set("status", status);
  if (run !== undefined && fate !== undefined) {
    asked.set("run", String(run));
    asked.set("fate", fate);
  }
  if (exact) asked.set("exact", "true");
  return `/api/jobs/export?${asked}`;
}

export function ExportJobs({ query, total }: { query: JobsQuery; total: number }) {
  const download = useMutation({
    mutationFn: async (format: Format) => {
      const response = await fetchSigned(exportAddress(query, format));
      saveFile(await response.blob(), `jobs.${format}`);
    },
    onError: (error) => toast(`Nothing was exported: ${sentenceOf(error)}`, "bad"),
  });
  return (
    <Menu
      label="Export what is shown"
      trigger={
        <>
          {download.isPending ? "Exporting…" : "Export"}
          <span aria-hidden="true">▾</span>
        </>
      }
    >
      <MenuItem onSelect={() => download.mutate("csv")}>
        {countOf(total, "job")} as a table (CSV)
      </MenuItem>
      <MenuItem onSelect={() => download.mutate("jsonl")}>
        {countOf(total, "job")} as JSON, a line each
      </MenuItem>
    </Menu>
  );
}
