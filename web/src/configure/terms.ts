// How the terms of a filter are parted as a person types or pastes them, and which are there already. Pure.
import { foldText } from "../text/fold";

interface Parted {
  terms: string[]; // those that ended
  rest: string; // what is still being written
}

// What parts terms, beside the ends of lines. A place may well hold a comma: "Bern, Switzerland".
export type Border = "comma" | "semicolon";

// A regular expression may hold borders: it ends at the slash that a border, a line or the end follows.
const patterns = {
  comma: {
    expression: /[^\S\n\r]*\/[^\n\r]+?\/[^\S\n\r]*(?=[,，\n\r]|$)/y,
    words: /[^,，\n\r]*/y,
  },
  semicolon: {
    expression: /[^\S\n\r]*\/[^\n\r]+?\/[^\S\n\r]*(?=[;；\n\r]|$)/y,
    words: /[^;；\n\r]*/y,
  },
};

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

function part(text: string, border: Border, ended: boolean): Parted {
  const { expression, words } = patterns[border];
  const terms: string[] = [];
  let at = 0;
  while (at < text.length) {
    let end = endOf(expression, text, at);
    // What begins with a slash may become an expression.
    if (end === -1 && !ended && text.slice(at).trimStart().startsWith("/")) break;
    if (end === -1) end = endOf(words, text, at);
    if (end === text.length && !ended) break;
    const term = text.slice(at, end).trim();
    if (term !== "") terms.push(term);
    at = end + 1;
  }
  return { terms, rest: text.slice(at) };
}

// All that a text holds, as it is where it was pasted or Enter was pressed.
export function splitTerms(text: string, border: Border = "comma"): string[] {
  return part(text, border, true).terms;
}

// What borders have ended while a person types on.
export function takeTerms(text: string, border: Border = "comma"): Parted {
  return part(text, border, false);
}

export function isExpression(term: string): boolean {
  return term.length > 2 && term.startsWith("/") && term.endsWith("/");
}

// Case and accents never count in words; in an expression every character may.
function sameness(term: string): string {
  return isExpression(term) ? term : foldText(term);
}

// With what is added behind; `twice` are those that were there already.
export function addTerms(
  present: readonly string[],
  added: readonly string[],
): { terms: string[]; twice: string[] } {
  const terms = [...present];
  const known = new Set(present.map(sameness));
  const twice: string[] = [];
  for (const term of added) {
    if (known.has(sameness(term))) twice.push(term);
    else terms.push(term);
    known.add(sameness(term));
  }
  return { terms, twice };
}
