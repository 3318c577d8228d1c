// How many lines came to a log that is followed, by level.
import type { LogLevel } from "./log_line";

export class LogNewsCounts {
  private counts: Record<LogLevel, number> = { info: 0, warning: 0, error: 0 };

  add(level: LogLevel) {
    this.counts[level] += 1;
  }

  // Those that came since it was taken last.
  take(): Record<LogLevel, number> {
    const taken = this.counts;
    this.counts = { info: 0, warning: 0, error: 0 };
    return taken;
  }
}
