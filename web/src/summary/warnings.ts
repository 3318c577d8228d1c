// The warnings of a run, by company; companies that were warned of in the same words stand together. Pure.
import type { Run } from "../api/queries";

export interface WarningGroup {
  companies: string[]; // empty: the run as a whole
  messages: string[];
}

export function groupWarnings(warnings: Run["warnings"]): WarningGroup[] {
  const byCompany = new Map<string | null, string[]>();
  for (const { company, message } of warnings) {
    const messages = byCompany.get(company) ?? [];
    if (!messages.includes(message)) messages.push(message);
    byCompany.set(company, messages);
  }
  const groups = new Map<string, WarningGroup>();
  for (const [company, messages] of byCompany) {
    const key = JSON.stringify([company === null, messages]);
    const group = groups.get(key) ?? { companies: [], messages };
    if (company !== null) group.companies.push(company);
    groups.set(key, group);
  }
  // The run's own first; then as they came.
  return [...groups.values()].sort(
    (a, b) => Number(a.companies.length > 0) - Number(b.companies.length > 0),
  );
}
