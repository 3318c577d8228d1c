// What a person means by what is written where a board is asked for: an address, a name, or a list of them.
import { formatCount } from "../text/counts";
import { foldText } from "../text/fold";

export type Written =
  | { as: "nothing" }
  | { as: "address"; address: string }
  | { as: "name"; name: string }
  | { as: "list"; lines: readonly string[] };

export function readWritten(text: string): Written {
  const lines = linesOf(text);
  const [line] = lines;
  if (line === undefined) return { as: "nothing" };
  if (lines.length > 1) return { as: "list", lines };
  return isAddress(line) ? { as: "address", address: line } : { as: "name", name: line };
}

// As the server sees it: a scheme, a path, or a dot with something behind it, which "Acme Inc." has not.
export function isAddress(line: string): boolean {
  if (/\s/.test(line)) return line.includes("://");
  return line.includes("/") || /\..{2}/.test(line);
}

// Each once; of a row out of a table, the cell that is an address. Lines of '#' are remarks.
function linesOf(text: string): string[] {
  const lines = text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => cellsOf(line).find(isAddress) ?? line);
  return [...new Set(lines)];
}

function cellsOf(line: string): string[] {
  return line
    .split("\t")
    .map((cell) => cell.trim())
    .filter((cell) => cell !== "");
}

// Whether two names are one, but for capitals, accents and signs.
export function isSameName(one: string, other: string): boolean {
  return lettersOf(one) === lettersOf(other) && lettersOf(one) !== "";
}

// What there is to search by: the server refuses a name of none.
export function lettersOf(name: string): string {
  return foldText(name).replace(/[^\p{L}\p{N}]/gu, "");
}

// Boards of a list are read one after another, while somebody watches.
export const mostLines = 50;

export function tooManyLines(count: number): string {
  return `These are ${formatCount(count)} lines, and the page takes ${mostLines} at once. A longer list comes in on the command line, by rolecall companies import FILE.`;
}
