// The lines of a run's log as they came: each once, in order. A store that a page subscribes to, since lines come in
// their hundreds and the page is drawn once for all of them.
export type LogLevel = "info" | "warning" | "error";

export interface LogLine {
  id: number;
  at: number; // ms since 1970
  level: LogLevel;
  prefix: string; // "[IngestionWorker:run_id=12] "
  text: string; // what follows it
}

interface SentLine {
  id: number;
  timestamp: number;
  level: LogLevel;
  message: string;
}

const prefixes = /^(?:\[TEST\])?\[IngestionWorker:run_id=\d+\] /;

export function lineOf(sent: SentLine): LogLine {
  const prefix = prefixes.exec(sent.message)?.[0] ?? "";
  return {
    id: sent.id,
    at: sent.timestamp,
    level: sent.level,
    prefix,
    text: sent.message.slice(prefix.length),
  };
}

export class RunLog {
  private lines: LogLine[] = [];
  private version = 0;
  private drawing = false;
  private readonly listeners = new Set<() => void>();

  // What came before, as after a cut, is left out.
  add(sent: SentLine) {
    if (sent.id <= (this.lines.at(-1)?.id ?? 0)) return;
    this.lines.push(lineOf(sent));
    if (this.drawing) return;
    this.drawing = true;
    // A hidden page draws nothing, but its lines are counted all the same.
    setTimeout(() => {
      this.drawing = false;
      this.version += 1;
      this.listeners.forEach((tell) => tell());
    }, 50);
  }

  all(): readonly LogLine[] {
    return this.lines;
  }

  // A number that differs whenever lines were added.
  readonly snapshot = () => this.version;

  readonly subscribe = (tell: () => void) => {
    this.listeners.add(tell);
    return () => this.listeners.delete(tell);
  };
}

// Lines as they are in the log itself, for a clipboard.
export function textOf(lines: readonly LogLine[]): string {
  return lines.map((line) => line.prefix + line.text + "\n").join("");
}
