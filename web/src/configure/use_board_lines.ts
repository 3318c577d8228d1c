// Reads the lines of a list while it is shown, and follows those that are ticked.
import { useCallback, useEffect, useRef, useState } from "react";

import {
  type BoardLine,
  followLines,
  isToFollow,
  readLines,
  type Tell,
  waitingLine,
} from "./board_lines";
import { findLine } from "./find_line";
import { type CheckedBoard, followBoard } from "./follow_board";

export type Stage = "reading" | "choosing" | "following";

// `onFollowed`: also of what was followed until the list was left.
export function useBoardLines(
  written: readonly string[],
  onFollowed: (boards: readonly CheckedBoard[], isAll: boolean) => void,
) {
  const [lines, setLines] = useState<readonly BoardLine[]>(() => written.map(waitingLine));
  const [stage, setStage] = useState<Stage>("reading");
  const [following, setFollowing] = useState({ done: 0, of: 0 });
  const control = useRef(new AbortController());
  const tell: Tell = useCallback((index, news) => {
    setLines((before) => before.map((line, at) => (at === index ? { ...line, ...news } : line)));
  }, []);

  useEffect(() => {
    const mine = new AbortController();
    control.current = mine;
    const { signal } = mine;
    void readLines(written, { find: (line) => findLine(line, signal), tell, signal }).then(() => {
      if (!signal.aborted) setStage("choosing");
    });
    return () => control.current.abort();
  }, [written, tell]);

  async function follow() {
    const { signal } = (control.current = new AbortController());
    const count = lines.filter(isToFollow).length;
    setStage("following");
    setFollowing({ done: 0, of: count });
    const followed = await followLines(lines, {
      follow: async (board, confirm) => {
        try {
          return await followBoard(board, { name: "", confirm });
        } finally {
          setFollowing(({ done, of }) => ({ done: done + 1, of }));
        }
      },
      tell,
      signal,
    });
    setStage("choosing");
    const before = lines.filter(({ at }) => at === "followed").length;
    onFollowed(followed, !signal.aborted && before + followed.length === lines.length);
  }

  // What was not read is told so; what was followed stays so.
  function stop() {
    control.current.abort();
    if (stage === "following") return;
    setLines((before) =>
      before.map((line) =>
        line.at === "waiting" || line.at === "reading"
          ? { ...line, at: "refused", sentence: "Not read: you stopped before." }
          : line,
      ),
    );
    setStage("choosing");
  }
  const choose = (index: number, chosen: boolean) => tell(index, { chosen });

  return { lines, stage, following, follow, stop, choose };
}
