import { describe, expect, it, vi } from "vitest";

import { ApiError } from "../api/errors";
import { asSentence, type CheckedBoard, followBoard, refusalOf, standingOf } from "./follow_board";

const { post } = vi.hoisted(() => ({ post: vi.fn() }));
vi.mock("../api/client", async (original) => ({
  ...(await original<object>()),
  api: { POST: post },
}));

const acme: CheckedBoard = {
  name: "acme-foods",
  display_name: "Acme Foods",
  board: "lever",
  token: "acme",
  own_name: "Acme Foods",
  found_on: null,
  sample: [],
  total_count: 0,
};

describe("a board that was checked", () => {
  it("is followed by its kind and token as it was shown, or by another name", async () => {
    post.mockResolvedValue({ data: acme });
    await followBoard(acme, { name: " ", confirm: false });
    await followBoard(acme, { name: " Acme ", confirm: true });
    const board = { kind: "lever", token: "acme" };
    expect(post.mock.calls.map(([, sent]) => (sent as { body: unknown }).body)).toEqual([
      { ...board, name: "acme-foods", display_name: "Acme Foods" },
      { ...board, name: "Acme", confirm: true },
    ]);
  });

  it("stands, is unproven, or cannot be read", () => {
    const standings = [
      standingOf({ ...acme, checked: true }),
      standingOf({ ...acme, checked: false, trouble: null }),
      standingOf({ ...acme, checked: false, trouble: "HTTP 403" }),
    ];
    expect(standings).toEqual(["stands", "unproven", "unreadable"]);
  });
});

describe("a board that is refused", () => {
  it("says so at the field that it is about", () => {
    const error = new ApiError("token: there is none", 422, null, [
      { loc: ["body", "token"], msg: "there is no such board." },
      { loc: ["body"], msg: "try later." },
    ]);
    const { fields, sentence } = refusalOf(error, ["token"]);
    expect([...fields]).toEqual([["token", "there is no such board."]]);
    expect(sentence).toBe("Try later.");
  });

  it("says so as a whole where its field is not shown", () => {
    const error = new ApiError("token: there is none", 422, null, [
      { loc: ["body", "token"], msg: "there is no such board." },
      { loc: ["body", "display_name"], msg: "is too long" },
    ]);
    const { fields, sentence } = refusalOf(error, ["url", "name"]);
    expect([...fields]).toEqual([["name", "is too long"]]);
    expect(sentence).toBe("There is no such board.");
  });

  it("may be confirmed where it is a guess, and not where it is taken", () => {
    const guess = { detail: "It calls itself Bolt.", name: "bolt", display_name: "Bolt" };
    expect(refusalOf(new ApiError(guess.detail, 409, null, [], guess), []).guess).toMatchObject({
      name: "bolt",
      display_name: "Bolt",
      sample: [],
    });
    const taken = { detail: "You follow it already." };
    expect(refusalOf(new ApiError(taken.detail, 409, null, [], taken), [])).toMatchObject({
      guess: null,
      isTaken: true,
      sentence: "You follow it already.",
    });
  });

  it("begins as a sentence does, unless that is an address", () => {
    expect(asSentence("there is none")).toBe("There is none");
    expect(asSentence("https://acme.com/ answers HTTP 404")).toMatch(/^https:/);
    expect(asSentence("acme.com names no board")).toMatch(/^acme/);
  });

  it("says when it may be asked again", () => {
    expect(refusalOf(new ApiError("Too many checks.", 429, 30), []).sentence).toBe(
      "Too many checks. It may be asked again in 30 s.",
    );
  });
});
