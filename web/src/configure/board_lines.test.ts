import { describe, expect, it } from "vitest";

import { ApiError } from "../api/errors";
import { type BoardLine, followLines, readLines, waitingLine } from "./board_lines";
import type { CheckedBoard } from "./follow_board";

const wanted = new AbortController().signal;

function board(token: string, some: Partial<CheckedBoard> = {}): CheckedBoard {
  const names = { name: token, display_name: token.toUpperCase() };
  const seen = { own_name: null, found_on: null, sample: [], total_count: 3 };
  return { ...names, board: "lever", token, ...seen, checked: true, ...some };
}

function table(written: readonly string[]) {
  const lines = written.map(waitingLine);
  const tell = (index: number, news: Partial<BoardLine>) => {
    lines[index] = { ...waitingLine(""), ...lines[index], ...news };
  };
  const told = () => lines.map(({ at, chosen, sentence }) => [at, chosen, sentence]);
  return { lines, tell, told };
}

describe("the lines of a list", () => {
  it("are read one after another, and ticked where they were read", async () => {
    const { lines, tell, told } = table(["a", "b", "c", "d"]);
    const asked: string[] = [];
    const find = (written: string) => {
      asked.push(`${written} while ${lines.map(({ at }) => at.charAt(0)).join("")}`);
      if (written === "b") {
        const misfit = { loc: ["body", "url"], msg: "no board is named there" };
        return Promise.reject(new ApiError("url: …", 422, null, [misfit]));
      }
      const some = { c: { checked: false, trouble: "HTTP 403" }, d: { checked: false } };
      return Promise.resolve(board(written, some[written as "c" | "d"]));
    };

    await readLines(["a", "b", "c", "d"], { find, tell, signal: wanted });

    expect(asked).toEqual(["a while rwww", "b while frww", "c while frrw", "d while frrr"]);
    expect(told()).toEqual([
      ["found", true, null],
      ["refused", false, "No board is named there"],
      ["refused", false, "HTTP 403"],
      ["found", false, "Only its address speaks for it: tick it to follow it all the same."],
    ]);
  });

  it("lead to one board once", async () => {
    const { tell, told } = table(["acme.com", "acme.com/jobs"]);

    await readLines(["acme.com", "acme.com/jobs"], {
      find: () => Promise.resolve(board("acme")),
      tell,
      signal: wanted,
    });

    expect(told()).toEqual([
      ["found", true, null],
      ["refused", false, "The same board as line 1."],
    ]);
  });

  it("are left as they are once that is stopped", async () => {
    const { tell, told } = table(["a", "b"]);
    const control = new AbortController();
    const find = (written: string) => {
      control.abort();
      return Promise.resolve(board(written));
    };

    await readLines(["a", "b"], { find, tell, signal: control.signal });

    expect(told().map(([at]) => at)).toEqual(["reading", "waiting"]);
  });

  it("are followed one after another where they are ticked, whatever fails among them", async () => {
    const { lines, tell, told } = table(["a", "b", "c", "d"]);
    lines.forEach((_, index) => {
      const token = "abcd".charAt(index);
      tell(index, { at: "found", board: board(token, { checked: token !== "d" }), chosen: true });
    });
    tell(2, { chosen: false });
    const sent: [string, boolean][] = [];
    const follow = (one: CheckedBoard, confirm: boolean) => {
      sent.push([one.token, confirm]);
      if (one.token === "a") return Promise.reject(new ApiError("it is taken", 409));
      return Promise.resolve(one);
    };

    const followed = await followLines([...lines], { follow, tell, signal: wanted });

    expect(sent).toEqual([
      ["a", false],
      ["b", false],
      ["d", true],
    ]);
    expect(followed.map(({ token }) => token)).toEqual(["b", "d"]);
    expect(told()).toEqual([
      ["found", false, "It is taken"],
      ["followed", true, null],
      ["found", false, null],
      ["followed", true, null],
    ]);
  });
});
