// Asks before filters for all companies are saved that would take much away.
import { ConfirmDialog } from "../parts/dialog";
import { FilterWarnings } from "./filter_warnings";

interface ConfirmWarningsProps {
  warnings: readonly string[] | null; // null: there is nothing to ask
  onClose: () => void;
  onConfirm: () => void;
}

export function ConfirmWarnings({ warnings, onClose, onConfirm }: ConfirmWarningsProps) {
  return (
    <ConfirmDialog
      open={warnings !== null}
      onClose={onClose}
      title="Save filters for all companies that take much away?"
      confirm="Save"
      cancel="Keep editing"
      danger
      onConfirm={onConfirm}
    >
      <div className="stack">
        <FilterWarnings warnings={warnings ?? []} />
        <p>
          These jobs expire with the next run. They come back once a filter lets them pass again.
        </p>
      </div>
    </ConfirmDialog>
  );
}
