import { expect, it } from "vitest";

import { countsOf, type ExcludedJob, ruleInShort, takenAway, takenBy } from "./rules";

const job = (title: string, rule: string): ExcludedJob => ({
  id: title,
  title,
  location: "",
  url: "",
  fate: "excluded",
  rule,
  match: null,
});
const titlesOf = (jobs: readonly ExcludedJob[]) => jobs.map((one) => one.title);

it("sorts what is taken away by the rule that took it", () => {
  const { titles } = takenAway([
    job("Cook", "no include term matches"),
    job("Intern", "exclude: intern"),
    job("Intern: exclude", "exclude: exclude: a"),
    job("Second intern", "exclude: intern"),
  ]);

  expect(titlesOf(titles.unmatched)).toEqual(["Cook"]);
  expect(titlesOf(takenBy(titles, "intern"))).toEqual(["Intern", "Second intern"]);
  expect([...countsOf(["intern", "exclude: a", "lead"], titles, true)]).toEqual([
    ["intern", 2],
    ["exclude: a", 1],
    ["lead", 0],
  ]);
  expect([...countsOf(["intern", "lead"], titles, false)]).toEqual([["intern", 2]]);
});

it("tells places from titles", () => {
  const { titles, places } = takenAway([
    job("Far", "no include place matches"),
    job("There", "not remote"),
    job("Cook", "exclude place: Bern, CH"),
    job("Chef", "exclude: Bern, CH"),
  ]);

  expect(titlesOf(places.unmatched)).toEqual(["Far", "There"]);
  expect(titlesOf(takenBy(places, "Bern, CH"))).toEqual(["Cook"]);
  expect(titlesOf(takenBy(titles, "Bern, CH"))).toEqual(["Chef"]);
});

it("counts remote jobs with the term for them, however that is written", () => {
  const { places } = takenAway([
    job("Stated", "exclude place: remote"),
    job("Said", "exclude place: Remote"),
  ]);

  expect([...countsOf(["Remote"], places, true)]).toEqual([["Remote", 2]]);
});

it("holds apart what the rule for all companies takes", () => {
  const rules = ["exclude: intern (all companies)", "not remote (all companies)"];

  const { titles, places, forAll } = takenAway(rules.map((rule) => job(rule, rule)));

  expect(titlesOf(forAll)).toEqual(rules);
  expect(titles.byTerm.size + places.unmatched.length).toBe(0);
  expect(rules.map(ruleInShort)).toEqual(["exclude: intern", "not remote"]);
});
