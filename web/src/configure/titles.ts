// The names of companies as people read them.
import { useCallback, useMemo } from "react";

import { useCompanies } from "../api/queries";

// By a company's own name; that itself where it is not known.
export function useTitleOf(): (name: string) => string {
  const companies = useCompanies().data;
  const titles = useMemo(
    () => new Map(companies?.map((one) => [one.name, one.display_name])),
    [companies],
  );
  return useCallback((name: string) => titles.get(name) ?? name, [titles]);
}
