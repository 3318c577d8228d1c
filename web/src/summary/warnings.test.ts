import { describe, expect, it } from "vitest";

import { groupWarnings } from "./warnings";

const warning = (company: string | null, message: string) => ({ company, message });

describe("the groups of warnings", () => {
  it("has the run's own first, then each company with all of its own", () => {
    expect(
      groupWarnings([
        warning("acme", "half of it"),
        warning(null, "slow"),
        warning("cobalt", "other"),
        warning("acme", "too many"),
      ]),
    ).toEqual([
      { companies: [], messages: ["slow"] },
      { companies: ["acme"], messages: ["half of it", "too many"] },
      { companies: ["cobalt"], messages: ["other"] },
    ]);
  });

  it("says once what was said of several in the same words", () => {
    expect(groupWarnings([warning("acme", "aborted"), warning("cobalt", "aborted")])).toEqual([
      { companies: ["acme", "cobalt"], messages: ["aborted"] },
    ]);
  });

  it("says twice the same of one company once", () => {
    expect(groupWarnings([warning("acme", "a"), warning("acme", "a")])[0]?.messages).toEqual(["a"]);
  });

  it("keeps the run's own apart from a company's of the same words", () => {
    expect(groupWarnings([warning("acme", "a"), warning(null, "a")])).toHaveLength(2);
  });
});
