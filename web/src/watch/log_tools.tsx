// What can be done with a log: wrapped, copied, kept as a file.
import { useState } from "react";

import { fetchSigned } from "../api/client";
import { sentenceOf } from "../api/errors";
import { saveFile } from "../parts/save_file";
import { toast } from "../parts/toasts";
import { countOf } from "../text/counts";
import styles from "./log_viewer.module.css";
import { type LogLine, textOf } from "./run_log";

interface LogToolsProps {
  run: number;
  lines: readonly LogLine[];
  wraps: boolean;
  onWrap: (wraps: boolean) => void;
}

export function LogTools({ run, lines, wraps, onWrap }: LogToolsProps) {
  const [loading, setLoading] = useState(false);

  async function copy() {
    try {
      await navigator.clipboard.writeText(textOf(lines));
      toast(`${countOf(lines.length, "line")} copied.`);
    } catch {
      toast("The browser does not let the page copy: select the lines, or download them.", "bad");
    }
  }

  async function download() {
    setLoading(true);
    try {
      const response = await fetchSigned(`/api/ingestion/logs/${run}/download?format=text`);
      saveFile(await response.blob(), `rolecall-run-${run}.log`);
    } catch (error) {
      toast(`The log was not downloaded: ${sentenceOf(error)}`, "bad");
    } finally {
      setLoading(false);
    }
  }

  return (
    <div className={styles.tools}>
      <button type="button" aria-pressed={wraps} onClick={() => onWrap(!wraps)}>
        Wrap
      </button>
      <button type="button" disabled={lines.length === 0} onClick={() => void copy()}>
        Copy
      </button>
      <button type="button" disabled={loading} aria-busy={loading} onClick={() => void download()}>
        Download
      </button>
    </div>
  );
}
