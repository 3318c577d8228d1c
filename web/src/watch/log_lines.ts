// The lines of a log, or of what is let through of it, by their place: those near what is shown are in memory, the
// others are asked for once they come into sight. A store that a page subscribes to, since lines come in their
// hundreds and the page is drawn once for all of them.
import { type LogLine, lineOf, type SentLine } from "./log_line";

export interface LineQuery {
  skip?: number;
  tail?: number;
  limit?: number;
}

export interface LinesPage {
  logs: SentLine[];
  total_matches?: number; // where not all lines match
}

export type LoadLines = (query: LineQuery, signal?: AbortSignal) => Promise<LinesPage>;

const blockSize = 500;
const mostBlocks = 80; // in memory
const firstTail = 500;
const copiedAtOnce = 1000; // the server's most
const restAfterFailure = 2000; // ms

// Lines of [at * blockSize, (at + 1) * blockSize); what is not known is undefined.
interface Block {
  lines: (LogLine | undefined)[];
  asked: number; // the count with which it was asked for last; what was not answered then is not there
  loading: boolean;
}

export class LogLines {
  private readonly blocks = new Map<number, Block>(); // the last used last
  private version = 0;
  private drawing = false;
  private total = 0;
  private wanted = { from: 0, to: 0 };
  private readonly listeners = new Set<() => void>();

  constructor(private readonly load: LoadLines) {}

  get count() {
    return this.total;
  }

  // Undefined where it is not in memory: whoever wants it says so.
  at(place: number): LogLine | undefined {
    return this.blocks.get(Math.floor(place / blockSize))?.lines[place % blockSize];
  }

  // The last lines, and how many there are.
  async loadTail(signal?: AbortSignal) {
    const page = await this.load({ tail: firstTail }, signal);
    const last = page.logs.at(-1);
    this.total = Math.max(this.total, page.total_matches ?? last?.id ?? 0);
    this.keep(this.total - page.logs.length, page.logs);
    this.changed();
  }

  // What came behind the last of all lines; what came before, as after a cut, is left out.
  append(sent: SentLine): boolean {
    if (sent.id <= this.total) return false;
    this.keep(sent.id - 1, [sent]);
    this.total = sent.id;
    this.changed();
    return true;
  }

  // What came behind the last of those that match.
  async extend(signal?: AbortSignal) {
    const skip = this.total;
    const page = await this.load({ skip, limit: copiedAtOnce }, signal);
    const total = page.total_matches ?? 0;
    if (total <= this.total) return;
    this.keep(skip, page.logs);
    this.total = total;
    this.changed();
  }

  // Lines may stand at other places than before.
  async loadAnew(signal?: AbortSignal) {
    const page = await this.load({ tail: firstTail }, signal);
    const total = page.total_matches ?? 0;
    if (total === this.total) return;
    this.blocks.clear();
    this.total = total;
    this.keep(total - page.logs.length, page.logs);
    this.changed();
    this.want(this.wanted.from, this.wanted.to);
  }

  // Those of [from, to) are shown: what is not in memory is asked for.
  want(from: number, to: number) {
    this.wanted = { from, to };
    const end = Math.min(to, this.total);
    for (let at = Math.floor(from / blockSize); at * blockSize < end; at += 1) {
      const block = this.blocks.get(at) ?? { lines: [], asked: 0, loading: false };
      // Used last.
      this.blocks.delete(at);
      this.blocks.set(at, block);
      if (!block.loading && block.asked < this.total && lacksSome(block, at, from, end))
        void this.loadBlock(at, block);
    }
    this.forget();
  }

  // All of [from, to), for a copy. Fails as its loading does.
  async read(from: number, to: number): Promise<LogLine[]> {
    const read: LogLine[] = [];
    const end = Math.min(to, this.total);
    while (from + read.length < end) {
      const place = from + read.length;
      const line = this.at(place);
      if (line !== undefined) {
        read.push(line);
        continue;
      }
      const limit = Math.min(copiedAtOnce, end - place);
      const { logs } = await this.load({ skip: place, limit });
      if (logs.length === 0) break;
      // A page may hold more than was asked for.
      read.push(...logs.slice(0, end - place).map(lineOf));
    }
    return read;
  }

  // All of [from, to), where they are in memory.
  readNow(from: number, to: number): LogLine[] | null {
    const read: LogLine[] = [];
    for (let place = from; place < Math.min(to, this.total); place += 1) {
      const line = this.at(place);
      if (line === undefined) return null;
      read.push(line);
    }
    return read;
  }

  // A number that differs whenever lines came.
  readonly snapshot = () => this.version;

  readonly subscribe = (tell: () => void) => {
    this.listeners.add(tell);
    return () => this.listeners.delete(tell);
  };

  private async loadBlock(at: number, block: Block) {
    block.loading = true;
    const asked = this.total;
    try {
      const { logs } = await this.load({ skip: at * blockSize, limit: blockSize });
      block.asked = asked;
      if (this.blocks.get(at) !== block) return;
      this.keep(at * blockSize, logs.slice(0, blockSize));
    } catch {
      // The connection above the log says what is wrong.
      await new Promise((resolve) => setTimeout(resolve, restAfterFailure));
    } finally {
      block.loading = false;
      this.changed();
    }
  }

  private keep(place: number, logs: readonly SentLine[]) {
    for (const [at, sent] of logs.entries()) {
      const number = Math.floor((place + at) / blockSize);
      let block = this.blocks.get(number);
      if (block === undefined)
        this.blocks.set(number, (block = { lines: [], asked: 0, loading: false }));
      block.lines[(place + at) % blockSize] ??= lineOf(sent);
    }
    this.forget();
  }

  private forget() {
    for (const at of this.blocks.keys()) {
      if (this.blocks.size <= mostBlocks) return;
      const shown = (at + 1) * blockSize > this.wanted.from && at * blockSize < this.wanted.to;
      if (!shown) this.blocks.delete(at);
    }
  }

  private changed() {
    if (this.drawing) return;
    this.drawing = true;
    // A hidden page draws nothing, but its lines are counted all the same.
    setTimeout(() => {
      this.drawing = false;
      this.version += 1;
      this.listeners.forEach((tell) => tell());
    }, 50);
  }
}

function lacksSome(block: Block, at: number, from: number, to: number): boolean {
  const start = Math.max(from, at * blockSize);
  const end = Math.min(to, (at + 1) * blockSize);
  for (let place = start; place < end; place += 1)
    if (block.lines[place % blockSize] === undefined) return true;
  return false;
}
