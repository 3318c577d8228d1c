// The dialog that adds a company.
import { Dialog } from "../parts/dialog";
import type { CheckedBoard } from "./follow_board";
import { KindForm } from "./kind_form";

interface AddCompanyProps {
  open: boolean;
  onClose: () => void;
  onAdded: (board: CheckedBoard) => void;
}

export function AddCompany({ open, onClose, onAdded }: AddCompanyProps) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Add a company"
      description="By the board that its careers page is made with. The board is checked before anything is added."
    >
      <KindForm onAdded={onAdded} />
    </Dialog>
  );
}
