// Leads to the field that was refused, or to the first.
import { useEffect } from "react";

import type { Refusal } from "./follow_board";

export function useFocusOnMisfit(form: { current: HTMLElement | null }, refusal: Refusal | null) {
  useEffect(() => {
    if (refusal?.guess !== null) return;
    const wrong = form.current?.querySelector<HTMLElement>("[aria-invalid=true]");
    (wrong ?? form.current?.querySelector<HTMLElement>("input"))?.focus();
  }, [form, refusal]);
}
