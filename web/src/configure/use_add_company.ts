// The steps of adding a company: the board is checked first, then followed as it was checked.
import { useEffect, useRef, useState } from "react";

import {
  type BoardOrder,
  checkBoard,
  type CheckedBoard,
  followBoard,
  type OrderField,
  type Refusal,
  refusalOf,
  standingOf,
} from "./follow_board";

export type Step =
  | { at: "form"; refusal: Refusal | null }
  | { at: "checking" }
  | { at: "checked"; board: CheckedBoard; refusal: Refusal | null }
  | { at: "following"; board: CheckedBoard };

export interface Adding {
  step: Step;
  name: string; // to follow it by; empty: as the board has it
  setName: (name: string | null) => void;
  check: (order: BoardOrder) => Promise<void>;
  follow: () => Promise<void>;
  change: () => void;
}

// `shown`: the fields at which a refusal can be told.
export function useAddCompany(
  onFollowed: (board: CheckedBoard) => void,
  shown: readonly OrderField[],
): Adding {
  const [step, setStep] = useState<Step>({ at: "form", refusal: null });
  const [edited, setName] = useState<string | null>(null);
  const control = useRef<AbortController | null>(null);
  useEffect(() => () => control.current?.abort(), []);

  async function check(order: BoardOrder) {
    const mine = new AbortController();
    control.current?.abort();
    control.current = mine;
    setStep({ at: "checking" });
    const name = edited?.trim() ?? "";
    try {
      const board = await checkBoard(name === "" ? order : { ...order, name }, mine.signal);
      if (!mine.signal.aborted) setStep({ at: "checked", board, refusal: null });
    } catch (error) {
      if (!mine.signal.aborted) setStep({ at: "form", refusal: refusalOf(error, shown) });
    }
  }

  async function follow() {
    if (step.at !== "checked" || !canFollow(step)) return;
    const { board, refusal } = step;
    const confirm = refusal?.guess != null;
    setStep({ at: "following", board });
    try {
      onFollowed(await followBoard(board, { name: edited ?? "", confirm }));
    } catch (error) {
      setStep({ at: "checked", board, refusal: refusalOf(error, shown) });
    }
  }

  // What was found is of another board once it is asked for differently.
  function change() {
    control.current?.abort();
    setStep({ at: "form", refusal: null });
  }

  const name = edited ?? ("board" in step ? step.board.display_name : "");
  return { step, name, setName, check, follow, change };
}

// Something was found, and could be read.
export function canFollow(step: Step): boolean {
  return "board" in step && standingOf(step.board) !== "unreadable";
}

export function refusalIn(step: Step): Refusal | null {
  return "refusal" in step ? step.refusal : null;
}
