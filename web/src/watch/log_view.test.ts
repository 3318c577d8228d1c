import { describe, expect, it } from "vitest";

import {
  inContext,
  isWhole,
  readLogView,
  shownFilter,
  soughtFilter,
  writeLogView,
} from "./log_view";

const read = (search: string) => readLogView(new URLSearchParams(search));
const again = (search: string) => writeLogView(read(search)).toString();

describe("what of a log is shown", () => {
  it("stands in the address", () => {
    const search = "q=timeout&only=1&level=error&company=acme&sort=company&mark=a&mark=b";
    expect(again(search)).toBe(search);
    expect(again("")).toBe("");
  });

  it("is what can be, whatever an address says", () => {
    expect(again("level=loud&sort=level&only=2&mark=&mark=a&mark=a&mark=b&mark=c&mark=d&x=1")).toBe(
      "mark=a&mark=b&mark=c",
    );
    expect(again("only=1")).toBe("");
    expect(read(`q=${"x".repeat(300)}`).q).toHaveLength(200);
  });

  it("is narrowed by what is sought only where a person says so", () => {
    const view = read("q=%20timeout&level=error");
    expect(shownFilter(view)).toEqual({ level: ["error"] });
    expect(soughtFilter(view)).toEqual({ level: ["error"], q: "timeout" });
    expect(shownFilter({ ...view, only: true })).toEqual({ level: ["error"], q: "timeout" });
    expect(isWhole(shownFilter(read("q=timeout&mark=a")))).toBe(true);
    expect(isWhole(shownFilter(read("sort=company")))).toBe(false);
  });

  it("keeps its words in the whole log", () => {
    const view = inContext(read("q=timeout&only=1&level=error&company=acme&sort=company&mark=a"));
    expect(writeLogView(view).toString()).toBe("q=timeout&mark=a");
  });
});
