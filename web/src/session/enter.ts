// The ways in: each asks the server, and begins a session.
import { api, dataOf } from "../api/client";
import { beginSession } from "./session";

export async function enterWithPassword(email: string, password: string): Promise<void> {
  const given = await dataOf(api.POST("/auth/login", { body: { email, password } }));
  beginSession(given.access_token);
}

export async function enterWithGoogle(token: string): Promise<void> {
  const given = await dataOf(api.POST("/auth/google", { body: { token } }));
  beginSession(given.access_token);
}

// With the secret of the address that the server prints.
export async function enterOnce(secret: string): Promise<void> {
  const given = await dataOf(api.POST("/auth/local", { body: { secret } }));
  beginSession(given.access_token);
}
