// What came of a check: why it was refused, and the button that goes on.
import { useEffect, useRef } from "react";

import { Button } from "../parts/button";
import { Notice } from "../parts/notice";
import type { Refusal } from "./follow_board";

export function Refused({ refusal }: { refusal: Refusal | null }) {
  if (refusal?.sentence == null) return null;
  return <Notice tone={refusal.guess === null ? "bad" : "warn"} title={refusal.sentence} alert />;
}

interface AddButtonProps {
  busy: boolean;
  anyway: boolean;
  onAdd: (anyway: boolean) => void;
}

// Takes the focus of the button that checked: Enter goes on.
export function AddButton({ busy, anyway, onAdd }: AddButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <Button ref={button} kind="primary" busy={busy} onClick={() => onAdd(anyway)}>
      {anyway ? "Add anyway" : "Add"}
    </Button>
  );
}
