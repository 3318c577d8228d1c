// One line of a list: what is written, and what was found by it or speaks against it.
import { Badge } from "../parts/badge";
import { countOf } from "../text/counts";
import styles from "./board_list.module.css";
import type { BoardLine } from "./board_lines";
import { type CheckedBoard, standingOf } from "./follow_board";
import { useKindTitle } from "./use_kinds";

interface BoardListRowProps {
  line: BoardLine;
  isFixed: boolean;
  onChoose: (chosen: boolean) => void;
}

export function BoardListRow({ line, isFixed, onChoose }: BoardListRowProps) {
  const { written, at, board, sentence, chosen } = line;
  const name = board === null ? written : board.display_name || board.name;
  return (
    <tr>
      <td className={styles.tick}>
        <input
          type="checkbox"
          aria-label={`Follow ${name.slice(0, 100)}`}
          checked={chosen || at === "followed"}
          disabled={at !== "found" || isFixed}
          onChange={({ target }) => onChoose(target.checked)}
        />
      </td>
      <td className={styles.line}>
        <span className={["foreign", "small", styles.written].join(" ")}>{written}</span>
      </td>
      <td className={styles.found}>
        {at === "waiting" && <span className="quiet small">Waits its turn</span>}
        {at === "reading" && <span className="small">Reading…</span>}
        {board !== null && <Found board={board} at={at} />}
        {sentence !== null && (
          <p className={["foreign", "small", at === "refused" ? styles.refused : ""].join(" ")}>
            {sentence}
          </p>
        )}
      </td>
    </tr>
  );
}

function Found({ board, at }: { board: CheckedBoard; at: BoardLine["at"] }) {
  const kindTitleOf = useKindTitle();
  return (
    <>
      <p className="row spread">
        <strong className="foreign">{board.display_name || board.name}</strong>
        {at === "followed" && <Badge tone="good">followed</Badge>}
        {at === "following" && <Badge tone="accent">following…</Badge>}
      </p>
      <p className="row spread quiet small">
        <span className="foreign">
          {kindTitleOf(board.board)} · {board.token}
        </span>
        {standingOf(board) !== "unreadable" && (
          <span className="numbers">{countOf(board.total_count, "job")}</span>
        )}
      </p>
    </>
  );
}
