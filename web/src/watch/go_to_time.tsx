// Asks for a time of the day in a log.
import { type SyntheticEvent, useState } from "react";

import styles from "./log_search.module.css";

export function GoToTime({ onTime }: { onTime: (clock: string) => void }) {
  const [clock, setClock] = useState("");
  function submit(event: SyntheticEvent) {
    event.preventDefault();
    if (clock !== "") onTime(clock);
  }
  return (
    <form className={styles.time} onSubmit={submit}>
      <input
        type="time"
        step={1}
        aria-label="Time to go to"
        value={clock}
        onChange={(event) => setClock(event.target.value)}
      />
      <button type="submit" disabled={clock === ""}>
        Go
      </button>
    </form>
  );
}

// The first moment at which a clock shows this, "14:02" or "14:02:09", not before `from`; ms since 1970, local.
export function timeOfClock(clock: string, from: number): number {
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(":").map(Number);
  const time = new Date(from);
  time.setHours(hours, minutes, seconds, 0);
  // A line of the second in which the log begins is not of the next day.
  if (time.getTime() + 1000 <= from) time.setDate(time.getDate() + 1);
  return time.getTime();
}
