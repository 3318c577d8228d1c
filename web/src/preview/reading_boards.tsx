// That boards are read at this moment, or that the server has to be waited for.
import { Waiting } from "../parts/waiting";
import { countOf } from "../text/counts";
import { isTurnedAway } from "./ask_preview";

export function ReadingBoards({ boards, turnedAway }: { boards: number; turnedAway: unknown }) {
  if (!isTurnedAway(turnedAway))
    return (
      <Waiting key="reads">
        {boards === 0 ? "Loading…" : `Reading ${countOf(boards, "board")}…`}
      </Waiting>
    );
  const wait = turnedAway.retryAfter ?? 1;
  return (
    <Waiting key="waits">
      {`Another preview of yours is under way. Asking again every ${countOf(wait, "second")} until it has ended.`}
    </Waiting>
  );
}
