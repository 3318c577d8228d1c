// Asks before changes that are not saved are left behind, by a link or by closing the page.
import { useBlocker } from "react-router-dom";

import { ConfirmDialog } from "../parts/dialog";
import { useUnloadGuard } from "../parts/use_unload_guard";
import { isTermTyped } from "./term_chips";

export function LeaveGuard({ changes }: { changes: string }) {
  const guards = changes !== "";
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      (guards || isTermTyped()) && currentLocation.pathname !== nextLocation.pathname,
  );
  useUnloadGuard(guards);
  return (
    <ConfirmDialog
      open={blocker.state === "blocked"}
      onClose={() => blocker.state === "blocked" && blocker.reset()}
      title="Leave without saving?"
      confirm="Leave without saving"
      cancel="Stay"
      danger
      onConfirm={() => blocker.state === "blocked" && blocker.proceed()}
    >
      <p>
        Not saved: {guards ? changes : "a term that you typed"}. They are lost once you leave this
        page.
      </p>
    </ConfirmDialog>
  );
}
