// What can be done with a log: wrapped, copied, kept as a file.
import { useState } from "react";

import { fetchSigned } from "../api/client";
import { sentenceOf } from "../api/errors";
import { saveFile } from "../parts/save_file";
import { toast } from "../parts/toasts";
import type { LogLines } from "./log_lines";
import { copyLines } from "./log_selection";
import styles from "./log_viewer.module.css";
import type { RowScroller } from "./row_scroller";

interface LogToolsProps {
  run: number;
  lines: LogLines;
  scroller: RowScroller;
  empty: boolean;
  wraps: boolean;
  onWrap: (wraps: boolean) => void;
}

export function LogTools({ run, lines, scroller, empty, wraps, onWrap }: LogToolsProps) {
  const [loading, setLoading] = useState(false);
  const [copying, setCopying] = useState(false);

  function copy(from: number, to: number) {
    setCopying(true);
    void copyLines(lines.read(from, to)).finally(() => setCopying(false));
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
      <button
        type="button"
        disabled={empty || copying}
        aria-busy={copying}
        onClick={() => copy(0, lines.count)}
      >
        Copy
      </button>
      <button
        type="button"
        disabled={empty || copying}
        title="Copies the lines in sight"
        onClick={() => copy(...scroller.inSight())}
      >
        Copy visible
      </button>
      <button type="button" disabled={loading} aria-busy={loading} onClick={() => void download()}>
        Download
      </button>
    </div>
  );
}
