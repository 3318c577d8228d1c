// What is not saved, in words. Pure.
import { formatCount } from "../text/counts";
import { countMarks, type Edits, type Mark, type Saved } from "./draft";

const order: readonly Mark[] = ["new", "modified", "removed"];

// "2 new, 1 modified"; empty where there is nothing.
export function changesInWords(saved: Saved, edits: Edits): string {
  const counts = countMarks(saved, edits);
  return order
    .filter((mark) => counts[mark] > 0)
    .map((mark) => `${formatCount(counts[mark])} ${mark}`)
    .join(", ");
}
