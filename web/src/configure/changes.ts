// What is not saved, in words. Pure.
import { formatCount } from "../text/counts";
import { countMarks, type Edits, type Mark, type Saved } from "./draft";

const order: readonly Mark[] = ["new", "modified", "removed"];

// "the filters for all companies, 2 new, 1 modified"; empty where there is nothing.
export function changesInWords(saved: Saved, edits: Edits, forAll: boolean): string {
  const counts = countMarks(saved, edits);
  const ofCompanies = order
    .filter((mark) => counts[mark] > 0)
    .map((mark) => `${formatCount(counts[mark])} ${mark}`);
  return [...(forAll ? ["the filters for all companies"] : []), ...ofCompanies].join(", ");
}
