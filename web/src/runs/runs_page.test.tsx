import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { createMemoryRouter, RouterProvider } from "react-router-dom";
import { describe, expect, it, vi } from "vitest";

import { runOf } from "../testing/runs";
import { RunsPage } from "./runs_page";
import { standingOf } from "./run_words";

// The client takes its fetch when it is made.
const ask = vi.hoisted(() => {
  const fake = vi.fn<(request: Request) => Promise<Response>>();
  globalThis.fetch = fake as unknown as typeof fetch;
  return fake;
});

function show(answers: Record<string, unknown>) {
  ask.mockImplementation((request) =>
    Promise.resolve(Response.json(answers[new URL(request.url).search])),
  );
  const routes = [{ path: "/runs", element: <RunsPage /> }];
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <QueryClientProvider client={queries}>
      <RouterProvider router={createMemoryRouter(routes, { initialEntries: ["/runs"] })} />
    </QueryClientProvider>,
  );
}

const rowOf = async (name: string) =>
  within(await screen.findByRole("row", { name: new RegExp(`^${name} `) }));

describe("runs", () => {
  it("are told with their outcome, how long they took, and their numbers", async () => {
    const finished = runOf([], { run_id: 12, jobs_new: 1234, warning_count: 2 });
    const working = runOf([], { run_id: 13, status: "ingesting", finished_at: null });
    show({ "?limit=50": { runs: [working, finished], next_before: null } });

    const row = await rowOf("Run 12");
    for (const words of ["with warnings", "1:20", "1,234"])
      expect(row.getByText(words)).toBeTruthy();
    expect(row.getByRole("link").getAttribute("href")).toBe("/summary/12");
    expect((await rowOf("Run 13")).getByRole("link").getAttribute("href")).toBe("/ingest/13");
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("of before are asked for by a page", async () => {
    show({
      "?limit=50": { runs: [runOf([], { run_id: 12 })], next_before: 12 },
      "?limit=50&before=12": { runs: [runOf([], { run_id: 11 })], next_before: null },
    });
    await userEvent.click(await screen.findByRole("button", { name: "Show older runs" }));

    await rowOf("Run 11");
    await rowOf("Run 12");
  });

  it("that are none lead on", async () => {
    show({ "?limit=50": { runs: [], next_before: null } });

    expect(await screen.findByText("There was no run yet.")).toBeTruthy();
  });
});

describe("the standing of a run", () => {
  it("is never better than its worst number", () => {
    expect(standingOf(runOf([])).words).toBe("finished");
    expect(standingOf(runOf([], { jobs_withheld: 1 })).words).toBe("with warnings");
    expect(standingOf(runOf([], { jobs_failed: 1 })).words).toBe("with warnings");
    expect(standingOf(runOf([], { status: "error", warning_count: 1 })).words).toBe("failed");
    expect(standingOf(runOf([], { status: "aborted" })).words).toBe("aborted");
    expect(standingOf(runOf([], { status: "pending" })).words).toBe("waits");
  });
});
