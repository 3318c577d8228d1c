import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter, Route, Routes } from "react-router-dom";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { keys, type Run } from "../api/queries";
import { companyOfRun, runOf } from "../testing/runs";
import { SummaryPage } from "./summary_page";

// The client takes its fetch when it is made.
const ask = vi.hoisted(() => {
  const fake = vi.fn<(request: Request | string) => Promise<Response>>();
  globalThis.fetch = fake as unknown as typeof fetch;
  return fake;
});

const failed = runOf([companyOfRun("acme", { status: "error" }), companyOfRun("cobalt")]);
let run: Run;
let active: number | null;
let started: () => Response;
const orders: unknown[] = [];

beforeEach(() => {
  run = failed;
  active = null;
  orders.length = 0;
  started = () => Response.json({ run_id: 13 });
  ask.mockImplementation(async (request) => {
    // The streams: whatever they tell is over.
    if (typeof request === "string") return new Response(null, { status: 204 });
    const { pathname } = new URL(request.url);
    if (pathname === "/api/ingestion/runs/12") return Response.json(run);
    if (pathname === "/api/ingestion/current-run") return Response.json({ run_id: active });
    if (pathname === "/api/ingestion/companies") return Response.json([]);
    if (pathname !== "/api/ingestion/start")
      return Response.json({ detail: `There is no ${pathname}.` }, { status: 404 });
    orders.push(await request.json());
    return started();
  });
});

function show(client = new QueryClient(), address = "/summary/12") {
  render(
    <QueryClientProvider client={client}>
      <MemoryRouter initialEntries={[address]}>
        <Routes>
          <Route path="/summary/12" element={<SummaryPage run={12} />} />
          <Route path="/ingest/12" element={<p>Run 12 at work</p>} />
          <Route path="/ingest/13" element={<p>Run 13 at work</p>} />
        </Routes>
      </MemoryRouter>
    </QueryClientProvider>,
  );
}

describe("the summary", () => {
  it("leads to a run that is at work", async () => {
    run = runOf([companyOfRun("acme")], { status: "ingesting", finished_at: null });
    show();

    expect(await screen.findByText("Run 12 at work")).toBeTruthy();
  });

  it("shows a run that ended after it was last asked for", async () => {
    const client = new QueryClient({ defaultOptions: { queries: { staleTime: 60_000 } } });
    client.setQueryData(keys.run(12), { ...failed, status: "ingesting", finished_at: null });
    show(client);

    expect(await screen.findByText(/finished with warnings/)).toBeTruthy();
  });

  it("says where there is no such run", async () => {
    ask.mockImplementation(() =>
      Promise.resolve(Response.json({ detail: "There is no run 12." }, { status: 404 })),
    );
    show(new QueryClient({ defaultOptions: { queries: { retry: false } } }));

    expect(await screen.findByText("There is no run 12 here.")).toBeTruthy();
  });

  it("retries what failed, and leads into that run", async () => {
    show();
    await userEvent.click(await screen.findByRole("button", { name: "Retry what failed (1)" }));

    expect(await screen.findByText("Run 13 at work")).toBeTruthy();
    expect(orders).toEqual([{ retry_failed: 12 }]);
  });

  it("says why nothing was retried, and leaves the focus where it was", async () => {
    started = () =>
      Response.json({ detail: "Nothing of run 12 is left to be tried." }, { status: 409 });
    show();
    await userEvent.click(await screen.findByRole("button", { name: /^Retry/ }));

    expect((await screen.findByRole("alert")).textContent).toContain("is left to be tried");
    expect(document.activeElement?.textContent).toContain("Retry");
  });

  it("offers no retry where nothing failed, and a new run by the preview", async () => {
    run = runOf([companyOfRun("acme")]);
    show();

    const link = await screen.findByRole("link", { name: "Start new run" });
    expect(link.getAttribute("href")).toBe("/preview");
    expect(screen.queryByRole("button", { name: /^Retry/ })).toBeNull();
  });

  it("leads to the run at work rather than to a preview that is shut", async () => {
    active = 13;
    show();

    const link = await screen.findByRole("link", { name: "Watch run 13" });
    expect(link.getAttribute("href")).toBe("/ingest/13");
    expect(screen.queryByRole("link", { name: "Start new run" })).toBeNull();
  });
});
