// Has a board checked, and followed as a company.
import { api, dataOf } from "../api/client";
import { ApiError, sentenceOf } from "../api/errors";
import { oneAtATime } from "../api/one_at_a_time";
import type { Schemas } from "../api/queries";

export type CheckedBoard = Schemas["CheckedBoard"];

// By its address, or by its kind and token; without a name it is called as it calls itself.
export type BoardOrder = ({ url: string } | { kind: string; token: string }) & { name?: string };

// The server checks one board of a person at a time.
const enqueue = oneAtATime();

export function checkBoard(order: BoardOrder, signal: AbortSignal): Promise<CheckedBoard> {
  const body = { ...order, dry_run: true };
  return enqueue(() => dataOf(api.POST("/api/ingestion/companies", { body, signal })), signal);
}

interface Following {
  name: string; // empty: as it was checked
  confirm: boolean;
}

// What was checked and seen, by its kind and token: an address might lead elsewhere by now.
export function followBoard(
  { board: kind, token, ...checked }: CheckedBoard,
  { name, confirm }: Following,
): Promise<CheckedBoard> {
  const named = name.trim();
  const body = {
    kind,
    token,
    ...(named === ""
      ? { name: checked.name, display_name: checked.display_name }
      : { name: named }),
    ...(confirm ? { confirm } : {}),
  };
  const { signal } = new AbortController(); // what is sent is never taken back
  return enqueue(() => dataOf(api.POST("/api/ingestion/companies", { body })), signal);
}

// Whether it stands, only its address or token speaks for it, or nothing could be read of it.
export type Standing = "stands" | "unproven" | "unreadable";

export function standingOf({ checked, trouble }: CheckedBoard): Standing {
  if (checked !== false) return "stands";
  return trouble ? "unreadable" : "unproven";
}

export type OrderField = "url" | "kind" | "token" | "name";

// What a refusal is about: a field, or the whole; and whether it may be overruled.
export interface Refusal {
  fields: ReadonlyMap<OrderField, string>;
  sentence: string | null;
  isTaken: boolean; // the name or the board: another name may do
  guess: CheckedBoard | null; // is followed all the same where that is confirmed
}

// The page asks for one name, and sends two where the board has one of its own.
const fieldsByName: Record<string, OrderField> = {
  url: "url",
  kind: "kind",
  token: "token",
  name: "name",
  display_name: "name",
};

// A name that is taken is refused by its sentence alone.
function isGuess(body: unknown): body is Schemas["GuessedBoard"] & { name: string } {
  return (
    typeof body === "object" && body !== null && "name" in body && typeof body.name === "string"
  );
}

function guessOf({ status, body }: ApiError): CheckedBoard | null {
  if (status !== 409 || !isGuess(body)) return null;
  const { name, display_name = name, board = "", token = "", sample = [], total_count = 0 } = body;
  const { own_name = null, found_on = null } = body;
  return { name, display_name, board, token, own_name, found_on, sample, total_count };
}

// What is amiss with a field that is not among the `shown` is told as a sentence.
export function refusalOf(error: unknown, shown: readonly OrderField[]): Refusal {
  if (!(error instanceof ApiError))
    return { fields: new Map(), sentence: sentenceOf(error), isTaken: false, guess: null };
  const fields = new Map<OrderField, string>();
  const others: string[] = [];
  for (const { loc, msg } of error.misfits) {
    const field = fieldsByName[String(loc[1])];
    if (field !== undefined && shown.includes(field)) fields.set(field, msg);
    else others.push(msg);
  }
  const wait =
    error.status === 429 && error.retryAfter !== null
      ? ` It may be asked again in ${error.retryAfter} s.`
      : "";
  const sentence = error.misfits.length > 0 ? others.join(" ") : error.message + wait;
  const guess = guessOf(error);
  return {
    fields,
    sentence: sentence === "" ? null : asSentence(sentence),
    isTaken: error.status === 409 && guess === null,
    guess,
  };
}

// The server says what goes on from a field's name. An address that it begins with stays as it is.
export function asSentence(words: string): string {
  if (/^\S*[/.]\S/.test(words)) return words;
  return words.charAt(0).toUpperCase() + words.slice(1);
}
