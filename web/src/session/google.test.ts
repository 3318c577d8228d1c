import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { closeIfApart, goToGoogle, goToGoogleApart, readGoogleAnswer } from "./google";

const assign = vi.fn<(address: string) => void>();

beforeEach(() => {
  sessionStorage.clear();
  assign.mockReset();
  vi.stubGlobal("location", { origin: "https://rolecall.example", assign });
});
afterEach(() => void vi.unstubAllGlobals());

// Leaves for Google, and gives what it was asked.
function leave(place = "/summary/12"): URLSearchParams {
  goToGoogle("client.example", place);
  const [address] = assign.mock.calls.at(-1) ?? [];
  return new URL(address ?? "").searchParams;
}

function tokenWith(claims: unknown): string {
  const bytes = new TextEncoder().encode(JSON.stringify(claims));
  const part = btoa(String.fromCharCode(...bytes));
  return `e30.${part.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "")}.x`;
}
const answer = (fields: Record<string, string>) =>
  readGoogleAnswer(`#${new URLSearchParams(fields).toString()}`);

describe("the way to Google", () => {
  it("asks for a token, in a fragment of our own address, for this time alone", () => {
    const first = leave();
    const second = leave();

    expect(Object.fromEntries(first)).toMatchObject({
      client_id: "client.example",
      redirect_uri: "https://rolecall.example/",
      response_type: "id_token",
    });
    expect(first.get("nonce")).toBeTruthy();
    expect(first.get("nonce")).not.toBe(second.get("nonce"));
  });
});

describe("a window for Google", () => {
  const kept = new Map<string, string>(); // by the window that opens
  const store = { setItem: (key: string, value: string) => kept.set(key, value) };
  const open = (opened: unknown) => {
    vi.stubGlobal("open", () => opened);
    return goToGoogleApart("client.example", "/summary/12");
  };

  it("asks there, takes the answer there alone, and closes once somebody is in", () => {
    const close = vi.fn();
    vi.stubGlobal("close", close);
    expect(open({ sessionStorage: store, location: { assign } })).toBe(true);
    const [address] = assign.mock.calls.at(-1) ?? [];
    const nonce = new URL(address ?? "").searchParams.get("nonce") ?? "";
    const given = { state: nonce, id_token: tokenWith({ nonce }) };
    expect(answer(given)).toBeNull();
    closeIfApart();
    expect(close).not.toHaveBeenCalled();

    kept.forEach((value, key) => sessionStorage.setItem(key, value));
    expect(answer(given)).toMatchObject({ problem: null, place: "/summary/12" });
    closeIfApart();
    closeIfApart();

    expect(close).toHaveBeenCalledOnce();
  });

  it("may be refused by the browser: the page stays where it is", () => {
    expect(open(null)).toBe(false);
    expect(assign).not.toHaveBeenCalled();
    expect(sessionStorage).toHaveLength(0);
  });
});

describe("Google's answer", () => {
  it("gives the token, and the place to come back to, once", () => {
    const nonce = leave().get("nonce") ?? "";
    // With characters of which base64url makes others than base64 does.
    const token = tokenWith({ nonce, name: "Zoë ÿ?>~ 大阪" });

    expect(answer({ state: nonce, id_token: token })).toEqual({
      token,
      problem: null,
      place: "/summary/12",
    });
    expect(answer({ state: nonce, id_token: token })).toBeNull();
  });

  it("is none where this tab asked nothing, or something else", () => {
    expect(answer({ state: "x", id_token: tokenWith({ nonce: "x" }) })).toBeNull();
    const nonce = leave().get("nonce") ?? "";
    expect(answer({ state: "x", id_token: tokenWith({ nonce: "x" }) })).toBeNull();
    expect(readGoogleAnswer("")).toBeNull();
    expect(readGoogleAnswer("#once=secret")).toBeNull();

    // What was asked for can be answered still.
    expect(answer({ state: nonce, id_token: tokenWith({ nonce }) })?.token).toBeTruthy();
  });

  it.each([
    ["of another time", tokenWith({ nonce: "another" })],
    ["without a nonce", tokenWith({})],
    ["that is no object", tokenWith(null)],
    ["that is no token", "…"],
  ])("cannot be used with a token %s", (_, token) => {
    const nonce = leave().get("nonce") ?? "";
    const given = answer({ state: nonce, id_token: token });

    expect(given?.token).toBeNull();
    expect(given?.problem).toContain("cannot be used");
    expect(given?.place).toBe("/summary/12");
  });

  it("says where it was not allowed", () => {
    const nonce = leave().get("nonce") ?? "";

    expect(answer({ state: nonce, error: "access_denied" })?.problem).toContain("not allowed");
  });
});
