// The kinds of boards that can be read, as the server names them.
import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";

import { api, dataOf } from "../api/client";

export function useKinds() {
  return useQuery({
    queryKey: ["kinds"],
    queryFn: () => dataOf(api.GET("/api/ingestion/kinds")),
    staleTime: Infinity,
  });
}

// What people call the vendor of a kind; the kind itself until that is known.
export function useKindTitle(): (kind: string | null) => string | null {
  const kinds = useKinds().data;
  const titles = useMemo(() => new Map(kinds?.map((one) => [one.kind, one.title])), [kinds]);
  return useCallback(
    (kind: string | null) => (kind === null ? null : (titles.get(kind) ?? kind)),
    [titles],
  );
}
