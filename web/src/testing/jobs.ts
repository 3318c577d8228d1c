// Jobs for tests: open ones of which nothing is to be told, but for what a test says of them.
import type { Schemas } from "../api/queries";

export function jobOf(id: number, some: Partial<Schemas["Job"]> = {}): Schemas["Job"] {
  return {
    id,
    company: "acme",
    external_id: `J${id}`,
    title: `Cook ${id}`,
    location: "Bern",
    places: ["Bern"],
    url: `https://acme.test/${id}`,
    status: "ready",
    run_id: 1,
    first_seen_at: "2026-11-28T12:00:00.000Z",
    last_seen_at: "2026-11-28T12:00:00.000Z",
    missing_since: null,
    withheld_since: null,
    expired_at: null,
    expired_reason: null,
    error_message: null,
    posted_at: null,
    workplace: null,
    department: null,
    salary: null,
    times_posted: 1,
    back_after_days: null,
    hidden_at: null,
    company_hidden_at: null,
    changed_since_hidden: false,
    applied_at: null,
    ...some,
  };
}

export function jobPageOf(
  jobs: Schemas["Job"][],
  some: Partial<Schemas["JobPage"]> = {},
): Schemas["JobPage"] {
  return {
    jobs,
    next_cursor: null,
    total: jobs.length,
    facets: {
      company: { acme: jobs.length },
      status: { ready: jobs.length },
      place: { Bern: jobs.length },
      remote: { yes: 0, no: jobs.length },
    },
    ...some,
  } as Schemas["JobPage"];
}
