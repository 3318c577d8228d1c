// The lines of a run's log as they came: each once, in order. A store that a page subscribes to, since lines come in
// their hundreds and the page is drawn once for all of them.
import { type LogLine, lineOf, type SentLine } from "./log_line";

export * from "./log_line";

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
