import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import type { ReactNode } from "react";
import { createMemoryRouter, RouterProvider } from "react-router-dom";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { SummaryPage } from "../summary/summary_page";
import { companyOfRun, runOf } from "../testing/runs";
import { Shell } from "./shell";

// The client takes its fetch when it is made.
const ask = vi.hoisted(() => {
  const fake = vi.fn<(request: Request | string) => Promise<Response>>();
  globalThis.fetch = fake as unknown as typeof fetch;
  return fake;
});
const asked: string[] = [];

beforeEach(() => {
  asked.length = 0;
  window.scrollTo = () => undefined;
  ask.mockImplementation((request) => {
    // The streams: whatever they tell is over.
    if (typeof request === "string") return Promise.resolve(new Response(null, { status: 204 }));
    const { pathname } = new URL(request.url);
    asked.push(pathname);
    return Promise.resolve(answerTo(pathname));
  });
});

function answerTo(pathname: string): Response {
  const run = runOf([companyOfRun("acme")]);
  if (pathname === "/api/ingestion/runs/12") return Response.json(run);
  if (pathname === "/api/ingestion/runs") return Response.json({ runs: [run], next_before: null });
  if (pathname === "/api/ingestion/current-run") return Response.json({ run_id: null });
  if (pathname === "/api/ingestion/runs/13")
    return Response.json({ detail: "There is no run 13." }, { status: 404 });
  return Response.json([]);
}

function showAround(page: ReactNode, run: number) {
  const address = `/summary/${run}`;
  const routes = [{ element: <Shell />, children: [{ path: address, element: page }] }];
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <QueryClientProvider client={queries}>
      <RouterProvider router={createMemoryRouter(routes, { initialEntries: [address] })} />
    </QueryClientProvider>,
  );
}

describe("the stages around a page", () => {
  it("are all ticked on the summary of a run", async () => {
    showAround(<SummaryPage run={12} />, 12);
    await screen.findByText("Run 12 finished in 1 minute 20 seconds.");

    expect(screen.getAllByText("(done)")).toHaveLength(4);
  });

  it("are not ticked for a run that does not exist", async () => {
    showAround(<SummaryPage run={13} />, 13);
    await screen.findByText("There is no run 13 here.");

    expect(screen.queryByText("(done)")).toBeNull();
    const stage = screen.getByRole("link", { current: "step" });
    expect(stage.textContent).toBe("4Summary");
    await vi.waitFor(() => expect(stage.getAttribute("href")).toBe("/summary/12"));
  });

  it("ask for no run that the page does not ask for", async () => {
    showAround(<p>a page</p>, 12);
    await vi.waitFor(() => expect(asked).toContain("/api/ingestion/runs"));

    expect(asked).not.toContain("/api/ingestion/runs/12");
  });
});
