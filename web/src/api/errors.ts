// What went wrong with a request, in one sentence for a person.
export class ApiError extends Error {
  constructor(
    message: string,
    readonly status: number, // 0: the server was not reached
    readonly retryAfter: number | null = null, // seconds
    readonly misfits: readonly Misfit[] = [],
    readonly body: unknown = null,
  ) {
    super(message);
  }
}

// A place in the request that cannot be right.
export interface Misfit {
  loc: readonly (string | number)[];
  msg: string;
}

const unreached = "The server cannot be reached. Look whether it runs, and try again.";

function isMisfit(value: unknown): value is Misfit {
  return typeof value === "object" && value !== null && "loc" in value && "msg" in value;
}

// Of an answer that refuses; `body` as it was parsed.
export function errorOf(response: Response, body: unknown): ApiError {
  const wait = Number(response.headers.get("Retry-After") ?? NaN);
  const retryAfter = Number.isFinite(wait) ? wait : null;
  const detail =
    typeof body === "object" && body !== null && "detail" in body ? body.detail : undefined;
  if (Array.isArray(detail)) {
    const misfits = detail.filter(isMisfit);
    const message = misfits.map((one) => `${String(one.loc.at(-1))}: ${one.msg}`).join("; ");
    return new ApiError(message, response.status, retryAfter, misfits, body);
  }
  const message =
    typeof detail === "string"
      ? detail
      : `The server answers ${response.status}, and does not say why.`;
  return new ApiError(message, response.status, retryAfter, [], body);
}

export function unreachedError(): ApiError {
  return new ApiError(unreached, 0);
}

// What was asked for does not exist, or not for whoever asks.
export function isNotThere(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}

export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
