import { expect, it } from "vitest";

import { countsOf, type ExcludedJob, takenAway } from "./rules";

const job = (title: string, rule: string): ExcludedJob => ({
  id: title,
  title,
  location: "",
  url: "",
  fate: "excluded",
  rule,
  match: null,
});

it("sorts what is taken away by the rule that took it", () => {
  const taken = takenAway([
    job("Cook", "no include term matches"),
    job("Intern", "exclude: intern"),
    job("Intern: exclude", "exclude: exclude: a"),
    job("Second intern", "exclude: intern"),
  ]);

  expect(taken.unmatched.map((one) => one.title)).toEqual(["Cook"]);
  expect(taken.byTerm.get("intern")?.map((one) => one.title)).toEqual(["Intern", "Second intern"]);
  expect([...countsOf(["intern", "exclude: a", "lead"], taken, true)]).toEqual([
    ["intern", 2],
    ["exclude: a", 1],
    ["lead", 0],
  ]);
  expect([...countsOf(["intern", "lead"], taken, false)]).toEqual([["intern", 2]]);
});
