// Whether what is shown is of this moment: Live, or when it is asked for again.
import { Button } from "../parts/button";
import { useNow } from "../parts/moment";
import type { Connection } from "./connection";
import styles from "./connection_state.module.css";
import { wakeAll } from "./pauses";

function wordsOf(connection: Connection, now: number): string {
  const seconds = "at" in connection ? Math.max(0, Math.ceil((connection.at - now) / 1000)) : 0;
  switch (connection.kind) {
    case "connecting":
      return "Connecting…";
    case "live":
      return "Live";
    case "reconnecting":
      return seconds === 0 ? "Reconnecting…" : `Reconnecting in ${seconds} s`;
    case "polling":
      return "Asked every 3 s";
    case "ended":
      return "Complete";
    case "refused":
      return connection.why;
  }
}

export function ConnectionState({ connection }: { connection: Connection }) {
  const now = useNow(connection.kind === "reconnecting" ? 250 : 0);
  return (
    <span className={[styles.state, styles[connection.kind]].join(" ")}>
      <span className={styles.dot} aria-hidden="true" />
      {/* Read out when it changes, not at each second of it. */}
      <span aria-hidden="true">{wordsOf(connection, now)}</span>
      <span className="unseen" role="status">
        {connection.kind === "reconnecting"
          ? "Reconnecting: the numbers may be old."
          : wordsOf(connection, now)}
      </span>
      {connection.kind === "reconnecting" && (
        <Button kind="quiet" onClick={wakeAll}>
          Now
        </Button>
      )}
    </span>
  );
}
