// A list of addresses and names: what was found by each line, and following those that are ticked.
import { useEffect, useRef } from "react";

import { Button } from "../parts/button";
import { countOf } from "../text/counts";
import styles from "./board_list.module.css";
import { type BoardLine, isToFollow } from "./board_lines";
import { BoardListRow } from "./board_list_row";
import type { CheckedBoard } from "./follow_board";
import { type Stage, useBoardLines } from "./use_board_lines";

interface BoardListProps {
  written: readonly string[];
  onFollowed: (boards: readonly CheckedBoard[], isAll: boolean) => void;
  onBack: (left: readonly string[]) => void; // what is not followed of it
  onDone: () => void;
}

export function BoardList({ written, onFollowed, onBack, onDone }: BoardListProps) {
  const { lines, stage, following, follow, stop, choose } = useBoardLines(written, onFollowed);
  const place = useRef<HTMLDivElement>(null);
  // Whatever had the focus may be gone by the next stage.
  useEffect(() => {
    if (!place.current?.contains(document.activeElement)) place.current?.focus();
  }, [stage]);
  const chosen = lines.filter(isToFollow).length;
  const left = lines.filter(({ at }) => at !== "followed").map((line) => line.written);
  return (
    <div
      ref={place}
      className="stack"
      role="group"
      aria-label="The lines of the list"
      tabIndex={-1}
    >
      <p role="status" className="small numbers">
        {sayLines(lines, stage, following.of)}
      </p>
      {stage !== "choosing" && (
        <progress
          className={styles.progress}
          aria-label={stage === "reading" ? "Lines read" : "Companies followed"}
          value={stage === "reading" ? lines.filter(isRead).length : following.done}
          max={stage === "reading" ? lines.length : following.of}
        />
      )}
      <div className={styles.box}>
        <table className={styles.lines}>
          <thead>
            <tr>
              <th scope="col" className={styles.tick}>
                <span className="unseen">Follow</span>
              </th>
              <th scope="col">Line</th>
              <th scope="col">What was found</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line, index) => (
              <BoardListRow
                key={line.written}
                line={line}
                isFixed={stage === "following"}
                onChoose={(isChosen) => choose(index, isChosen)}
              />
            ))}
          </tbody>
        </table>
      </div>
      <div className={styles.foot}>
        {stage !== "choosing" && <Button onClick={stop}>Stop</Button>}
        {stage === "choosing" && left.length > 0 && (
          <Button kind="quiet" onClick={() => onBack(left)}>
            Change the list
          </Button>
        )}
        {stage === "choosing" && chosen === 0 && <Button onClick={onDone}>Done</Button>}
        {(chosen > 0 || stage === "following") && (
          <Button
            kind="primary"
            busy={stage === "following"}
            disabled={stage === "reading"}
            onClick={() => void follow()}
          >
            {`Follow ${countOf(stage === "following" ? following.of : chosen, "company", "companies")}`}
          </Button>
        )}
      </div>
    </div>
  );
}

function isRead({ at }: BoardLine): boolean {
  return at !== "waiting" && at !== "reading";
}

function sayLines(lines: readonly BoardLine[], stage: Stage, following: number): string {
  if (stage === "reading")
    return `Reading ${countOf(lines.length, "line")}, one after another. Nothing is followed yet.`;
  if (stage === "following")
    return `Following ${countOf(following, "company", "companies")}, one after another.`;
  const followed = lines.filter(({ at }) => at === "followed").length;
  const found = lines.filter(({ at }) => at === "found").length;
  const said = `${found + followed} of ${countOf(lines.length, "line")} can be followed`;
  if (followed === 0) return `${said}.`;
  return `${said}, and ${followed} ${followed === 1 ? "is" : "are"} followed now.`;
}
