// Which cards are open, and which of them is to have the focus.
import { useCallback, useMemo, useState } from "react";

export interface OpenCards {
  open: ReadonlySet<string>;
  focused: string | null;
  setOpen: (company: string, open: boolean) => void;
  focusOn: (company: string) => void;
  show: (companies: readonly string[]) => void; // opens them, and leads to the first
  onFocused: () => void;
}

export function useOpenCards(): OpenCards {
  const [open, setOpenCards] = useState<ReadonlySet<string>>(new Set());
  const [focused, setFocused] = useState<string | null>(null);
  const setOpen = useCallback((company: string, isOpen: boolean) => {
    setOpenCards((before) => {
      const next = new Set(before);
      if (isOpen) next.add(company);
      else next.delete(company);
      return next;
    });
  }, []);
  const show = useCallback((companies: readonly string[]) => {
    setOpenCards((before) => new Set([...before, ...companies]));
    setFocused(companies[0] ?? null);
  }, []);
  const onFocused = useCallback(() => setFocused(null), []);
  return useMemo(
    () => ({ open, focused, setOpen, focusOn: setFocused, show, onFocused }),
    [open, focused, setOpen, show, onFocused],
  );
}
