// The lines of a list on their way to being followed: each is read by itself, and then those that were chosen, one after
// another. What fails keeps its sentence, and the rest goes on.
import { ApiError, sentenceOf } from "../api/errors";
import { asSentence, type CheckedBoard, standingOf } from "./follow_board";

export interface BoardLine {
  written: string;
  at: "waiting" | "reading" | "found" | "refused" | "following" | "followed";
  board: CheckedBoard | null;
  sentence: string | null; // what speaks against it
  chosen: boolean;
}

export type Tell = (index: number, news: Partial<BoardLine>) => void;

export function waitingLine(written: string): BoardLine {
  return { written, at: "waiting", board: null, sentence: null, chosen: false };
}

interface Reading {
  find: (written: string) => Promise<CheckedBoard>;
  tell: Tell;
  signal: AbortSignal;
}

export async function readLines(lines: readonly string[], { find, tell, signal }: Reading) {
  const lineOf = new Map<string, number>(); // by its board
  for (const [index, written] of lines.entries()) {
    if (isStopped(signal)) return;
    tell(index, { at: "reading" });
    const news = await find(written).then(foundLine, refusedLine);
    if (isStopped(signal)) return;
    const key = news.board ? `${news.board.board} ${news.board.token}` : null;
    const same = key === null ? undefined : lineOf.get(key);
    if (key !== null && same === undefined) lineOf.set(key, index);
    tell(index, same === undefined ? news : { ...news, ...sameAs(same) });
  }
}

// A call, since it may have changed whenever something was waited for.
function isStopped(signal: AbortSignal): boolean {
  return signal.aborted;
}

function foundLine(board: CheckedBoard): Partial<BoardLine> {
  switch (standingOf(board)) {
    case "stands":
      return { at: "found", board, chosen: true };
    case "unproven":
      return {
        at: "found",
        board,
        sentence: "Only its address speaks for it: tick it to follow it all the same.",
      };
    case "unreadable":
      return { at: "refused", board, sentence: asSentence(board.trouble ?? "") };
  }
}

function refusedLine(error: unknown): Partial<BoardLine> {
  return { at: "refused", sentence: asSentence(wordsOf(error)) };
}

function sameAs(line: number): Partial<BoardLine> {
  return { at: "refused", sentence: `The same board as line ${line + 1}.`, chosen: false };
}

// Without the name of a field, of which a list has none.
function wordsOf(error: unknown): string {
  if (error instanceof ApiError && error.misfits.length > 0)
    return error.misfits.map(({ msg }) => msg).join(" ");
  return sentenceOf(error);
}

interface Following {
  follow: (board: CheckedBoard, confirm: boolean) => Promise<CheckedBoard>;
  tell: Tell;
  signal: AbortSignal;
}

// What is followed once it ends, or is stopped.
export async function followLines(
  lines: readonly BoardLine[],
  { follow, tell, signal }: Following,
): Promise<CheckedBoard[]> {
  const followed: CheckedBoard[] = [];
  for (const [index, line] of lines.entries()) {
    const { board } = line;
    if (isStopped(signal)) break;
    if (!isToFollow(line) || board === null) continue;
    tell(index, { at: "following", sentence: null });
    try {
      followed.push(await follow(board, standingOf(board) === "unproven"));
      tell(index, { at: "followed" });
    } catch (error) {
      tell(index, { ...refusedLine(error), at: "found", chosen: false });
    }
  }
  return followed;
}

export function isToFollow({ at, chosen }: BoardLine): boolean {
  return at === "found" && chosen;
}
