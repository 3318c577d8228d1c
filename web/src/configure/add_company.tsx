// Adds companies: one by an address, a name, or the kind of its board and its token there; or a list of them.
import { useState } from "react";

import { Dialog } from "../parts/dialog";
import { Disclosure } from "../parts/disclosure";
import { AddressForm } from "./address_form";
import { BoardList } from "./board_list";
import type { CheckedBoard } from "./follow_board";
import { KindForm } from "./kind_form";

export type OnFollowed = (boards: readonly CheckedBoard[], then: "close" | "stay") => void;

interface AddCompanyProps {
  written: string | null; // at first; null: the dialog is closed
  onClose: () => void;
  onFollowed: OnFollowed;
}

export function AddCompany({ written, onClose, onFollowed }: AddCompanyProps) {
  return (
    <Dialog
      open={written !== null}
      onClose={onClose}
      title="Add a company"
      description="Its board is found and read, and you see what it lists before you follow it."
    >
      <AddForms written={written ?? ""} onClose={onClose} onFollowed={onFollowed} />
    </Dialog>
  );
}

interface AddFormsProps extends AddCompanyProps {
  written: string;
}

function AddForms({ written, onClose, onFollowed }: AddFormsProps) {
  const [text, setText] = useState(written);
  const [lines, setLines] = useState<readonly string[] | null>(null);
  const [byKind, setByKind] = useState(false);
  const one = (board: CheckedBoard) => onFollowed([board], "close");
  if (lines !== null)
    return (
      <BoardList
        written={lines}
        onFollowed={(boards, isAll) => onFollowed(boards, isAll ? "close" : "stay")}
        onBack={(left) => {
          setText(left.join("\n"));
          setLines(null);
        }}
        onDone={onClose}
      />
    );
  return (
    <>
      <AddressForm text={text} onText={setText} onList={setLines} onFollowed={one} />
      <Disclosure level="h2" title="By kind and token" open={byKind} onToggle={setByKind}>
        <KindForm onFollowed={one} />
      </Disclosure>
    </>
  );
}
