// Lets the browser ask before the page is closed or loaded anew, where something would be lost by it.
import { useEffect } from "react";

export function useUnloadGuard(guards: boolean) {
  useEffect(() => {
    if (!guards) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [guards]);
}
