import { describe, expect, it } from "vitest";

import { ApiError } from "../api/errors";
import { type CheckedBoard, refusalOf, standingOf } from "./follow_board";

const acme: CheckedBoard = {
  name: "acme-foods",
  display_name: "Acme Foods",
  board: "lever",
  token: "acme",
  sample: [],
  total_count: 0,
};

describe("a board that was checked", () => {
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
    const { fields, sentence } = refusalOf(error);
    expect([...fields]).toEqual([["token", "there is no such board."]]);
    expect(sentence).toBe("try later.");
  });

  it("may be confirmed where it is a guess, and not where it is taken", () => {
    const guess = { detail: "It calls itself Bolt.", name: "bolt", display_name: "Bolt" };
    expect(refusalOf(new ApiError(guess.detail, 409, null, [], guess)).guess).toMatchObject({
      name: "bolt",
      display_name: "Bolt",
      sample: [],
    });
    const taken = { detail: "You follow it already." };
    expect(refusalOf(new ApiError(taken.detail, 409, null, [], taken))).toMatchObject({
      guess: null,
      sentence: "You follow it already.",
    });
  });

  it("says when it may be asked again", () => {
    expect(refusalOf(new ApiError("Too many checks.", 429, 30)).sentence).toBe(
      "Too many checks. It may be asked again in 30 s.",
    );
  });
});
