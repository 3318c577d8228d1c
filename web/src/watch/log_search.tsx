// Looks for words and levels in a log: how many there are by the server's count, and from one to the next.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { KeyboardEvent } from "react";

import { api, dataOf } from "../api/client";
import { useSettled } from "../parts/use_settled";
import { formatCount } from "../text/counts";
import type { LogLevel } from "./run_log";
import styles from "./log_search.module.css";

export interface LogSought {
  q: string;
  level: LogLevel | "";
}

interface LogSearchProps {
  run: number;
  sought: LogSought;
  onSought: (sought: LogSought) => void;
  at: number; // the id of the line from which to go on; 0: before the first
  grows: boolean; // lines may still come
  onGo: (line: number) => void;
}

// Parts of a log whose matches are counted, for the marks beside it.
const parts = 200;

function useLogMatches({ run, sought, at, grows }: LogSearchProps) {
  const settled = useSettled(sought, 200);
  return useQuery({
    queryKey: ["log-matches", run, settled, at],
    queryFn: ({ signal }) =>
      dataOf(
        api.GET("/api/ingestion/logs/{run_id}/matches", {
          params: {
            path: { run_id: run },
            query: {
              ...(settled.q.trim() === "" ? {} : { q: settled.q.trim() }),
              ...(settled.level === "" ? {} : { level: [settled.level] }),
              buckets: parts,
              id: at,
            },
          },
          signal,
        }),
      ),
    enabled: settled.q.trim() !== "" || settled.level !== "",
    placeholderData: keepPreviousData,
    refetchInterval: grows ? 2_000 : false,
  });
}

export function LogSearch(props: LogSearchProps) {
  const { sought, onSought, onGo } = props;
  const asks = sought.q.trim() !== "" || sought.level !== "";
  const matches = useLogMatches(props);
  const found = asks ? matches.data : undefined;
  const go = (line: number | null | undefined) => {
    if (line !== null && line !== undefined) onGo(line);
  };
  function press(event: KeyboardEvent) {
    if (event.key !== "Enter") return;
    event.preventDefault();
    go(event.shiftKey ? found?.before : found?.next);
  }
  return (
    <div className={styles.search} role="search" aria-label="Log">
      <input
        type="search"
        aria-label="Search the log"
        placeholder="Search the log"
        maxLength={200}
        value={sought.q}
        onChange={(event) => onSought({ ...sought, q: event.target.value })}
        onKeyDown={press}
      />
      <select
        aria-label="Level"
        value={sought.level}
        onChange={(event) =>
          onSought({ ...sought, level: event.target.value as LogSought["level"] })
        }
      >
        <option value="">Every level</option>
        <option value="warning">Warnings</option>
        <option value="error">Errors</option>
      </select>
      {asks && (
        <>
          <span className={styles.count} role="status">
            {found === undefined
              ? "Counting…"
              : `${formatCount(found.up_to)} of ${formatCount(found.total_matches)}`}
          </span>
          <button
            type="button"
            aria-label="The match before"
            disabled={found?.before == null}
            onClick={() => go(found?.before)}
          >
            ↑
          </button>
          <button
            type="button"
            aria-label="The next match"
            disabled={found?.next == null}
            onClick={() => go(found?.next)}
          >
            ↓
          </button>
          {found !== undefined && <Marks counts={found.counts} lines={found.lines} onGo={onGo} />}
        </>
      )}
    </div>
  );
}

interface MarksProps {
  counts: readonly number[];
  lines: number;
  onGo: (line: number) => void;
}

// Where in the log they lie, from its first line to its last; by a pointer alone, since the buttons lead everywhere.
function Marks({ counts, lines, onGo }: MarksProps) {
  const most = Math.max(1, ...counts);
  return (
    <svg
      className={styles.marks}
      viewBox={`0 0 ${counts.length} 10`}
      preserveAspectRatio="none"
      aria-hidden="true"
      onClick={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        onGo(1 + Math.floor(((event.clientX - box.left) / box.width) * (lines - 1)));
      }}
    >
      {counts.map((count, at) =>
        count === 0 ? null : (
          <rect
            key={at}
            x={at}
            width="1"
            y={10 - height(count, most)}
            height={height(count, most)}
          />
        ),
      )}
    </svg>
  );
}

// One of many is to be seen beside many.
function height(count: number, most: number): number {
  return 3 + (7 * count) / most;
}
