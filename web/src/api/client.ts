// Asks the server, with the token of whoever is signed in. Every refusal becomes an ApiError; one of the token ends
// the session.
import createClient, { type Middleware } from "openapi-fetch";

import { endSession, sessionNow } from "../session/session";
import { basePath } from "./base_path";
import { ApiError, errorOf, unreachedError } from "./errors";
import type { paths } from "./schema";

// As fetch, but for the header and for errors.
export async function fetchSigned(path: string, options: RequestInit = {}): Promise<Response> {
  const { token } = sessionNow();
  const headers = new Headers(options.headers);
  if (token !== null) headers.set("Authorization", `Bearer ${token}`);
  const response = await reach(basePath + path, { ...options, headers });
  if (response.ok) return response;
  throw await refusal(response, token);
}

async function reach(path: string, options: RequestInit): Promise<Response> {
  try {
    return await fetch(path, options);
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw unreachedError();
  }
}

async function refusal(response: Response, token: string | null): Promise<ApiError> {
  const error = errorOf(response, await response.json().catch(() => null));
  if (error.status === 401 && token !== null) endSession(token, error.message);
  return error;
}

const signed: Middleware = {
  onRequest({ request, schemaPath }) {
    const { token } = sessionNow();
    // A sign-in that is refused says nothing of the session that is there.
    if (token !== null && !schemaPath.startsWith("/auth/"))
      request.headers.set("Authorization", `Bearer ${token}`);
    return request;
  },
  async onResponse({ request, response }) {
    if (response.ok) return undefined;
    const sent = request.headers.get("Authorization");
    throw await refusal(response, sent === null ? null : sent.slice("Bearer ".length));
  },
  onError({ request, error }) {
    if (request.signal.aborted) return undefined;
    return error instanceof ApiError ? error : unreachedError();
  },
};

export const api = createClient<paths>({
  // Absolute, as a Request has to be where there is no document.
  baseUrl: new URL(basePath, window.location.origin).href.replace(/\/$/, ""),
});
api.use(signed);

// The data of an answer, which is there, since refusals are thrown.
export async function dataOf<T>(asked: Promise<{ data?: T }>): Promise<T> {
  const { data } = await asked;
  if (data === undefined) throw new ApiError("The server's answer is empty.", 200);
  return data;
}
