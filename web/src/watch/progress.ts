// What is known of a run while it works: its numbers, its status and its companies, as the events tell them. Pure.
import type { EventSourceMessage } from "eventsource-parser";

import type { RunCompany, RunStatus, Schemas } from "../api/queries";

export type Totals = Schemas["Progress"];

export interface RunProgress {
  totals: Totals | null; // null until the first event
  status: RunStatus | null; // what the event of that name said last
  companies: ReadonlyMap<string, RunCompany>;
}

export const noProgress: RunProgress = { totals: null, status: null, companies: new Map() };

// After an event; the same object where it tells nothing that is shown here.
export function afterEvent(before: RunProgress, event: EventSourceMessage): RunProgress {
  switch (event.event) {
    case undefined:
    case "message":
      return { ...before, totals: JSON.parse(event.data) as Totals };
    case "status":
      return { ...before, status: event.data as RunStatus };
    case "companies": {
      const companies = new Map(before.companies);
      for (const one of JSON.parse(event.data) as RunCompany[]) companies.set(one.company, one);
      return { ...before, companies };
    }
    default:
      return before;
  }
}
