// Leads to the field that was refused, or to the first.
import { useEffect } from "react";

import type { Refusal } from "./follow_board";

export function useFocusOnMisfit(form: { current: HTMLElement | null }, refusal: Refusal | null) {
  useEffect(() => {
    if (refusal?.guess !== null) return;
    const found = ["[aria-invalid=true]", "input", "textarea"].map((one) =>
      form.current?.querySelector<HTMLElement>(one),
    );
    found.find((one) => one != null)?.focus();
  }, [form, refusal]);
}
