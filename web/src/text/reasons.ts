// Why a job expired, in a few words.
import type { Schemas } from "../api/queries";

const reasonWords: Record<Schemas["ExpiredReason"], string> = {
  gone: "Gone",
  delisted: "No longer listed",
  confirmed: "Settled by you",
  unreachable: "Board unreachable",
  filtered: "Left out by your filters",
  company_removed: "Company no longer followed",
};

export function reasonOf(reason: Schemas["ExpiredReason"]): string {
  return reasonWords[reason];
}
