// The dialog that adds a company.
import { Dialog } from "../parts/dialog";
import type { CheckedBoard } from "./follow_board";
import { KindForm } from "./kind_form";

export type OnFollowed = (boards: readonly CheckedBoard[], then: "close" | "stay") => void;

interface AddCompanyProps {
  open: boolean;
  onClose: () => void;
  onFollowed: OnFollowed;
}

export function AddCompany({ open, onClose, onFollowed }: AddCompanyProps) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Add a company"
      description="Its board is found and read, and you see what it lists before you follow it."
    >
      <KindForm onFollowed={(board) => onFollowed([board], "close")} />
    </Dialog>
  );
}
