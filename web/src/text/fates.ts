// What becomes of a job, in the words and the order in which every page tells it.
export const fates = [
  "new",
  "changed",
  "reopened",
  "unchanged",
  "missing",
  "withheld",
  "expired",
  "excluded",
  "not_reconciled",
] as const;

export type Fate = (typeof fates)[number];

export const fateWords: Record<Fate, string> = {
  new: "new",
  changed: "changed",
  reopened: "back",
  unchanged: "unchanged",
  missing: "missing",
  withheld: "withheld",
  expired: "expired",
  excluded: "excluded",
  not_reconciled: "not reconciled",
};

// For whoever meets a word for the first time.
export const fateMeanings: Record<Fate, string> = {
  new: "Not seen before",
  changed: "Seen before, with another title, place or text",
  reopened: "Left before, and is listed again",
  unchanged: "As it was",
  missing: "No longer listed; stays readable until there is proof that it is gone",
  withheld: "Would leave on doubtful evidence; waits for your word",
  expired: "Gone, with its evidence",
  excluded: "Left out by your filters",
  not_reconciled: "Left as it was, since the board could not be read whole",
};

// The tone of the colour of each.
export const fateTones: Record<Fate, Exclude<Fate, "not_reconciled"> | "plain"> = {
  new: "new",
  changed: "changed",
  reopened: "reopened",
  unchanged: "unchanged",
  missing: "missing",
  withheld: "withheld",
  expired: "expired",
  excluded: "excluded",
  not_reconciled: "plain",
};

export type FateCounts = Partial<Record<Fate, number>>;
