// What a board that was checked holds: enough to see that it is the one that was meant.
import { Notice } from "../parts/notice";
import { countOf } from "../text/counts";
import styles from "./add_company.module.css";
import { type CheckedBoard, standingOf } from "./follow_board";
import { useKindTitle } from "./use_kinds";

interface CheckedBoardViewProps {
  board: CheckedBoard;
  isGuess: boolean; // nobody said that it is who it seems to be
  isDoubted: boolean; // it is told elsewhere that there may be no such board
}

export function CheckedBoardView({ board, isGuess, isDoubted }: CheckedBoardViewProps) {
  const { display_name, total_count } = board;
  const name = display_name || board.name || board.token;
  const standing = standingOf(board);
  const kindTitleOf = useKindTitle();
  return (
    <section className={styles.checked} aria-label="What was found" role="status">
      <div>
        <p className="row spread">
          <strong className={["foreign", styles.clamped].join(" ")}>{name}</strong>
          {standing !== "unreadable" && (
            <span className="numbers">{countOf(total_count, "job")}</span>
          )}
        </p>
        <p className={["quiet small foreign", styles.clamped].join(" ")}>
          {kindTitleOf(board.board)} · {board.token}
        </p>
      </div>
      {standing === "unreadable" && (
        <Notice tone="bad" title="This board cannot be read now.">
          <p className="foreign">{board.trouble}</p>
        </Notice>
      )}
      {standing === "unproven" && !isDoubted && (
        <Notice
          tone="warn"
          title="Only its address speaks for it: this kind of board cannot be told from one that does not exist."
        />
      )}
      {isGuess && standing === "stands" && <Notice tone="warn" title={whoseBoard(board)} />}
      <Sample board={board} />
    </section>
  );
}

function whoseBoard({ own_name, token }: CheckedBoard): string {
  const look = "Look at its jobs whether it is the one you mean.";
  return own_name === null
    ? `Unconfirmed: whose board this is, is a guess by its token. ${look}`
    : `The board of ${token} calls itself ${own_name}. ${look}`;
}

function Sample({ board }: { board: CheckedBoard }) {
  if (standingOf(board) === "unreadable") return null;
  if (board.sample.length === 0)
    return <p className="quiet small">It lists no job at this time.</p>;
  return (
    <ul className={styles.sample}>
      {board.sample.map((job) => (
        <li key={job.id}>
          <span className={["foreign", styles.clamped].join(" ")}>{job.title}</span>
          {job.location !== "" && (
            <span className={["foreign", "quiet", "small", styles.clamped].join(" ")}>
              {job.location}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
