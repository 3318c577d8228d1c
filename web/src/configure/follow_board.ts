// Has a board checked, and followed as a company.
import { api, dataOf } from "../api/client";
import { ApiError, sentenceOf } from "../api/errors";
import type { Schemas } from "../api/queries";

export type CheckedBoard = Schemas["CheckedBoard"];

export interface BoardOrder {
  kind: string;
  token: string;
  name: string; // empty: as the board calls itself
}

export function checkBoard(order: BoardOrder, signal: AbortSignal): Promise<CheckedBoard> {
  const body = { ...bodyOf(order), dry_run: true };
  return dataOf(api.POST("/api/ingestion/companies", { body, signal }));
}

export function followBoard(order: BoardOrder, confirm: boolean): Promise<CheckedBoard> {
  const body = { ...bodyOf(order), ...(confirm ? { confirm } : {}) };
  return dataOf(api.POST("/api/ingestion/companies", { body }));
}

function bodyOf({ kind, token, name }: BoardOrder) {
  const named = name.trim();
  return { kind, token: token.trim(), ...(named === "" ? {} : { name: named }) };
}

// Whether it stands, only its address or token speaks for it, or nothing could be read of it.
export type Standing = "stands" | "unproven" | "unreadable";

export function standingOf({ checked, trouble }: CheckedBoard): Standing {
  if (checked !== false) return "stands";
  return trouble ? "unreadable" : "unproven";
}

// What a refusal is about: a field, or the whole; and whether it may be overruled.
export interface Refusal {
  fields: ReadonlyMap<string, string>;
  sentence: string | null;
  guess: CheckedBoard | null; // is followed all the same where that is confirmed
}

const fieldNames = ["kind", "token", "name"];

// A name that is taken is refused by its sentence alone.
function isGuess(body: unknown): body is Schemas["GuessedBoard"] & { name: string } {
  return (
    typeof body === "object" && body !== null && "name" in body && typeof body.name === "string"
  );
}

function guessOf({ status, body }: ApiError): CheckedBoard | null {
  if (status !== 409 || !isGuess(body)) return null;
  const { name, display_name = name, board = "", token = "", sample = [], total_count = 0 } = body;
  return { name, display_name, board, token, sample, total_count };
}

export function refusalOf(error: unknown): Refusal {
  if (!(error instanceof ApiError))
    return { fields: new Map(), sentence: sentenceOf(error), guess: null };
  const fields = new Map<string, string>();
  const others: string[] = [];
  for (const { loc, msg } of error.misfits) {
    const field = loc[1];
    if (typeof field === "string" && fieldNames.includes(field)) fields.set(field, msg);
    else others.push(msg);
  }
  const wait =
    error.status === 429 && error.retryAfter !== null
      ? ` It may be asked again in ${error.retryAfter} s.`
      : "";
  const sentence = error.misfits.length > 0 ? others.join(" ") : error.message + wait;
  return {
    fields,
    sentence: sentence === "" ? null : sentence,
    guess: guessOf(error),
  };
}
