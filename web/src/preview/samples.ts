// Previewed companies as tests need them.
import type { FiltersForAll, Setting } from "../api/queries";
import type { Preview, PreviewedCompany } from "./previewed";

const noPlan: PreviewedCompany["plan"] = {
  new: 0,
  changed: 0,
  unchanged: 0,
  reopened: 0,
  missing: 0,
  would_expire: 0,
  withheld: 0,
  not_reconciled: 0,
  complete: true,
};

export function sampleCompany(
  plan: Partial<PreviewedCompany["plan"]> = {},
  some: Partial<PreviewedCompany> = {},
): PreviewedCompany {
  return {
    status: "success",
    total_count: 0,
    filtered_count: 0,
    urls_count: 0,
    included_jobs: [],
    excluded_jobs: [],
    leaving_jobs: [],
    error_message: null,
    warnings: [],
    ...some,
    plan: { ...noPlan, ...plan },
  };
}

export const noFiltersForAll: FiltersForAll = {
  title_filters: { include: [], exclude: [] },
  place_filters: { include: [], exclude: [], remote: false },
  updated_at: null,
};

export function sampleSetting(company: string, some: Partial<Setting> = {}): Setting {
  return {
    id: 1,
    company_name: company,
    title_filters: { include: [], exclude: [] },
    place_filters: { include: [], exclude: [], remote: false },
    is_enabled: true,
    updated_at: "2026-11-28T12:00:00.000Z",
    ...some,
  };
}

export function samplePreview(some: Partial<Preview> = {}): Preview {
  return {
    askedAt: "2026-11-28T12:30:00.000Z",
    settings: [],
    forAll: noFiltersForAll,
    lastEnd: null,
    companies: {},
    order: [],
    ...some,
  };
}
