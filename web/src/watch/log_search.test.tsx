import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { createMemoryRouter, RouterProvider } from "react-router-dom";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { giveSizes } from "../testing/sizes";
import { LogViewer } from "./log_viewer";
import { RunLog } from "./run_log";

// The client takes its fetch when it is made.
const ask = vi.hoisted(() => {
  const fake = vi.fn<(request: Request) => Promise<Response>>();
  globalThis.fetch = fake as unknown as typeof fetch;
  return fake;
});
const errors = [3, 8];

// As the server counts them.
function matches(request: Request): Response {
  const id = Number(new URL(request.url).searchParams.get("id"));
  return Response.json({
    total_matches: errors.length,
    lines: 10,
    counts: Array.from({ length: 10 }, (_, at) => (errors.includes(at + 1) ? 1 : 0)),
    up_to: errors.filter((one) => one <= id).length,
    next: errors.find((one) => one > id) ?? null,
    before: errors.findLast((one) => one < id) ?? null,
  });
}

beforeEach(() => {
  giveSizes();
  ask.mockImplementation((request) => Promise.resolve(matches(request)));
});

function show(hash = "") {
  const log = new RunLog();
  for (let id = 1; id <= 10; id += 1)
    log.add({
      id,
      timestamp: id,
      level: errors.includes(id) ? "error" : "info",
      message: `[IngestionWorker:run_id=12] READ board ${id}`,
    });
  const viewer = <LogViewer run={12} log={log} connection={{ kind: "ended" }} announces={false} />;
  const router = createMemoryRouter([{ path: "/summary/12", element: viewer }], {
    initialEntries: [`/summary/12${hash}`],
  });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  return router;
}

describe("a log", () => {
  it("is searched by the server's count, from one match to the next and back", async () => {
    const router = show();
    await userEvent.type(screen.getByRole("searchbox", { name: "Search the log" }), "board");
    expect(await screen.findByText("0 of 2")).toBeTruthy();
    const [asked] = ask.mock.lastCall ?? [];
    expect(new URL(asked?.url ?? "").searchParams.get("q")).toBe("board");

    await userEvent.click(screen.getByRole("button", { name: "The next match" }));
    expect(await screen.findByText("1 of 2")).toBeTruthy();
    expect(router.state.location.hash).toBe("#L3");
    await userEvent.keyboard("{Tab}");
    await userEvent.click(screen.getByRole("button", { name: "The next match" }));
    expect(await screen.findByText("2 of 2")).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "The next match" }).disabled).toBe(
      true,
    );
    await userEvent.click(screen.getByRole("button", { name: "The match before" }));
    await waitFor(() => expect(router.state.location.hash).toBe("#L3"));
  });

  it("goes to its next error by a key", async () => {
    const router = show();
    await userEvent.keyboard("e");
    await waitFor(() => expect(router.state.location.hash).toBe("#L3"));
    await userEvent.keyboard("e");
    await waitFor(() => expect(router.state.location.hash).toBe("#L8"));
    await userEvent.keyboard("e");
    expect(router.state.location.hash).toBe("#L8");
  });

  it("shows the lines that an address points at", () => {
    show("#L2-L4");
    const chosen = [...document.querySelectorAll("[data-index]")].filter((row) =>
      row.className.includes("chosen"),
    );

    expect(chosen.map((row) => Number(row.getAttribute("data-index")) + 1)).toEqual([2, 3, 4]);
  });
});
