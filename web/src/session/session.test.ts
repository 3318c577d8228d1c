import { beforeEach, describe, expect, it } from "vitest";

import { beginSession, endSession, sessionNow } from "./session";

const key = "rolecall.token";

beforeEach(() => beginSession("of this tab"));

describe("a session that another tab changed", () => {
  it("is taken over as the browser tells of it", () => {
    localStorage.setItem(key, "of another tab");
    window.dispatchEvent(new StorageEvent("storage", { key }));

    expect(sessionNow()).toEqual({ token: "of another tab", ended: null });
  });

  it("has ended, by a person's word or by itself, where nothing is left of it", () => {
    localStorage.clear();
    window.dispatchEvent(new StorageEvent("storage", { key: null }));

    expect(sessionNow().token).toBeNull();
    expect(sessionNow().ended).toContain("or your session ended there");
  });

  it("is looked at by a page that comes back out of the history, to which nobody told of it", () => {
    localStorage.removeItem(key);
    window.dispatchEvent(new Event("pageshow"));

    expect(sessionNow().token).toBeNull();
  });

  it("keeps to why it ended here", () => {
    endSession("of this tab", "The token has expired.");
    window.dispatchEvent(new Event("pageshow"));

    expect(sessionNow().ended).toBe("The token has expired.");
  });
});
