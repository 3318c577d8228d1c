// The steps of adding a company: the board is checked first, then followed as it was checked.
import { useEffect, useRef, useState } from "react";

import {
  type BoardOrder,
  checkBoard,
  type CheckedBoard,
  followBoard,
  type Refusal,
  refusalOf,
} from "./follow_board";

type Step =
  | { at: "form"; refusal: Refusal | null }
  | { at: "checking" }
  | { at: "checked"; board: CheckedBoard; order: BoardOrder; refusal: Refusal | null }
  | { at: "adding"; board: CheckedBoard; order: BoardOrder };

export function useAddCompany(onAdded: (board: CheckedBoard) => void) {
  const [step, setStep] = useState<Step>({ at: "form", refusal: null });
  const control = useRef<AbortController | null>(null);
  useEffect(() => () => control.current?.abort(), []);

  async function check(order: BoardOrder) {
    const mine = new AbortController();
    control.current?.abort();
    control.current = mine;
    setStep({ at: "checking" });
    try {
      const board = await checkBoard(order, mine.signal);
      if (!mine.signal.aborted) setStep({ at: "checked", board, order, refusal: null });
    } catch (error) {
      if (mine.signal.aborted) return;
      const refusal = refusalOf(error);
      if (refusal.guess === null) setStep({ at: "form", refusal });
      else setStep({ at: "checked", board: refusal.guess, order, refusal });
    }
  }

  async function add(order: BoardOrder, board: CheckedBoard, confirm: boolean) {
    setStep({ at: "adding", board, order });
    try {
      onAdded(await followBoard(order, confirm));
    } catch (error) {
      setStep({ at: "checked", board, order, refusal: refusalOf(error) });
    }
  }

  // What was found is of another board once a field is changed.
  function change() {
    control.current?.abort();
    setStep({ at: "form", refusal: null });
  }

  return { step, check, add, change };
}
