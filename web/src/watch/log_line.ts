// A line of a run's log as the page has it.
export type LogLevel = "info" | "warning" | "error";

export interface LogLine {
  id: number;
  at: number; // ms since 1970
  level: LogLevel;
  company: string; // empty: of the whole run
  prefix: string; // "[IngestionWorker:run_id=12] "
  text: string; // what follows it
}

export interface SentLine {
  id: number;
  timestamp: number;
  level: LogLevel;
  company?: string | null;
  message: string;
}

const prefixes = /^(?:\[TEST\])?\[IngestionWorker:run_id=\d+\] /;

export function lineOf(sent: SentLine): LogLine {
  const prefix = prefixes.exec(sent.message)?.[0] ?? "";
  return {
    id: sent.id,
    at: sent.timestamp,
    level: sent.level,
    company: sent.company ?? "",
    prefix,
    text: sent.message.slice(prefix.length),
  };
}

// Lines as they are in the log itself, for a clipboard.
export function textOf(lines: readonly LogLine[]): string {
  return lines.map((line) => line.prefix + line.text + "\n").join("");
}
