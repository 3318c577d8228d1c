// What the numbers of a run's companies add up to. Pure.
import type { RunCompany } from "../api/queries";
import type { FateCounts } from "../text/fates";

export function countsOf(company: RunCompany): FateCounts {
  const { reopened, unchanged, changed, missing, withheld, expired, excluded } = company;
  return {
    new: company.new,
    reopened,
    unchanged,
    changed,
    missing,
    withheld,
    expired,
    excluded,
    not_reconciled: company.not_reconciled,
  };
}

export function sumOf(companies: readonly RunCompany[]): FateCounts {
  const sum: FateCounts = {};
  for (const company of companies)
    for (const [fate, count] of Object.entries(countsOf(company)) as [keyof FateCounts, number][])
      sum[fate] = (sum[fate] ?? 0) + count;
  return sum;
}

// Companies whose part of the run is over.
export function settledOf(companies: readonly RunCompany[]): number {
  return companies.filter((one) => !["waiting", "reading", "ingesting"].includes(one.status))
    .length;
}
