// Sign-in with Google by OpenID Connect's implicit flow: a page of Google's answers with an ID token in the fragment of
// our address. No script of anybody else runs here.
// https://developers.google.com/identity/openid-connect/openid-connect
import { basePath } from "../api/base_path";

const nonceKey = "rolecall.google.nonce";
const placeKey = "rolecall.google.place";
const apartKey = "rolecall.google.apart"; // in a window that was opened for the sign-in alone

function here(): string {
  return `${window.location.origin}${basePath}/`;
}

// Leaves the page; `place` is where the person comes back to.
export function goToGoogle(clientId: string, place: string, from: Window = window) {
  const nonce = crypto.randomUUID();
  from.sessionStorage.setItem(nonceKey, nonce);
  from.sessionStorage.setItem(placeKey, place);
  const asked = new URLSearchParams({
    client_id: clientId,
    redirect_uri: here(),
    response_type: "id_token",
    scope: "openid email profile",
    nonce,
    state: nonce,
    prompt: "select_account",
  });
  from.location.assign(`https://accounts.google.com/o/oauth2/v2/auth?${asked.toString()}`);
}

// In a window of its own, so that the page stays; false where the browser opens none. Google may cut the two off from
// each other: the page hears of the sign-in as all tabs do.
export function goToGoogleApart(clientId: string, place: string): boolean {
  const opened = window.open("", "_blank", "popup,width=520,height=680");
  if (opened === null) return false;
  opened.sessionStorage.setItem(apartKey, "yes");
  goToGoogle(clientId, place, opened);
  return true;
}

// Once somebody is signed in. Where the browser does not close it, it goes on as any tab.
export function closeIfApart() {
  if (sessionStorage.getItem(apartKey) === null) return;
  sessionStorage.removeItem(apartKey);
  window.close();
}

export interface GoogleAnswer {
  token: string | null;
  problem: string | null;
  place: string;
}

// What Google answered in this fragment; nothing where it is no answer to what this tab asked.
export function readGoogleAnswer(fragment: string): GoogleAnswer | null {
  const given = new URLSearchParams(fragment.replace(/^#/, ""));
  const state = given.get("state");
  const nonce = sessionStorage.getItem(nonceKey);
  if (state === null || nonce === null || state !== nonce) return null;
  const place = sessionStorage.getItem(placeKey) ?? "/";
  sessionStorage.removeItem(nonceKey);
  sessionStorage.removeItem(placeKey);
  const token = given.get("id_token");
  if (token !== null && nonceOf(token) === nonce) return { token, problem: null, place };
  const problem =
    given.get("error") === "access_denied"
      ? "Google was not allowed to say who you are. Try again, or sign in another way."
      : "Google's answer cannot be used. Try again, or sign in another way.";
  return { token: null, problem, place };
}

// Of a token that the server verifies: here it is only read.
function nonceOf(token: string): string | null {
  try {
    const part = (token.split(".")[1] ?? "").replace(/-/g, "+").replace(/_/g, "/");
    const claims: unknown = JSON.parse(atob(part));
    if (typeof claims !== "object" || claims === null || !("nonce" in claims)) return null;
    return typeof claims.nonce === "string" ? claims.nonce : null;
  } catch {
    return null;
  }
}
