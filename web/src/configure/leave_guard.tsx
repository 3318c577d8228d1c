// Asks before changes that are not saved are left behind, by a link or by closing the page.
import { useEffect } from "react";
import { useBlocker } from "react-router-dom";

import { ConfirmDialog } from "../parts/dialog";

export function LeaveGuard({ changes }: { changes: string }) {
  const guards = changes !== "";
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      guards && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (!guards) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [guards]);
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
      <p>Not saved: {changes}. They are lost once you leave this page.</p>
    </ConfirmDialog>
  );
}
