// Whether there is no room for two columns; as jobs_page.module.css has it.
import { useSyncExternalStore } from "react";

const narrow = window.matchMedia("(max-width: 60rem)");

export function useIsNarrow(): boolean {
  return useSyncExternalStore(
    (tell) => {
      narrow.addEventListener("change", tell);
      return () => narrow.removeEventListener("change", tell);
    },
    () => narrow.matches,
  );
}
