// What the server refused of filters, in words: of a list as a whole above it, and of a term at its chip.
import type { CardMisfit, FilterPart } from "./misfits";
import styles from "./misfits_told.module.css";

type List = CardMisfit["list"];

// By term.
export function problemsOf(
  misfits: readonly CardMisfit[],
  part: FilterPart,
  list: List,
): ReadonlyMap<string, string> {
  return new Map(
    misfits.flatMap((one) =>
      one.part === part && one.list === list && one.term !== null
        ? [[one.term, one.msg] as const]
        : [],
    ),
  );
}

const listWords = {
  titles: { include: "Include: ", exclude: "Exclude: " },
  places: { include: "Include places: ", exclude: "Exclude places: " },
};

interface ListProblemsProps {
  misfits: readonly CardMisfit[];
  part: FilterPart | null;
  list: List;
}

export function ListProblems({ misfits, part, list }: ListProblemsProps) {
  const told = misfits.filter((one) => one.part === part && one.list === list && one.term === null);
  // The attempt to save and the counting of jobs may be refused alike.
  return [...new Set(told.map(({ msg }) => msg))].map((msg) => (
    <p key={msg} className={["foreign", "small", styles.problem].join(" ")}>
      <strong aria-hidden="true">! </strong>
      {part !== null && list !== null && listWords[part][list]}
      {msg}
    </p>
  ));
}
