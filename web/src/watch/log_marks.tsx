// Where in a log what is sought lies, beside its scroll bar, from the first line to the last; by a pointer alone, since
// the buttons of the search lead everywhere.
import styles from "./log_rows.module.css";

interface LogMarksProps {
  counts: readonly number[];
  lines: number;
  onGo: (line: number) => void;
}

export function LogMarks({ counts, lines, onGo }: LogMarksProps) {
  const most = Math.max(1, ...counts);
  return (
    <svg
      className={styles.marks}
      viewBox={`0 0 10 ${counts.length}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      onClick={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        onGo(1 + Math.floor(((event.clientY - box.top) / box.height) * (lines - 1)));
      }}
    >
      {counts.map((count, at) =>
        // One of many is to be seen beside many.
        count === 0 ? null : (
          <rect key={at} y={at} x="0" height="1.2" width={4 + (6 * count) / most} />
        ),
      )}
    </svg>
  );
}
