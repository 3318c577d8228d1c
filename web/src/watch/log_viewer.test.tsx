import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { createMemoryRouter, RouterProvider } from "react-router-dom";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { Toasts } from "../parts/toasts";
import { giveSizes } from "../testing/sizes";
import { loadLines } from "./load_log";
import { LogLines } from "./log_lines";
import { LogViewer } from "./log_viewer";

// The client takes its fetch when it is made.
const ask = vi.hoisted(() => {
  const fake = vi.fn<(request: Request) => Promise<Response>>();
  globalThis.fetch = fake as unknown as typeof fetch;
  return fake;
});
const start = new Date("2026-11-28T12:00:00").getTime();
const stored = Array.from({ length: 10 }, (_, at) => ({
  id: at + 1,
  timestamp: start + at * 1000 + (at >= 6 ? 30_000 : 0),
  ingestion_time: start,
  level: [3, 8].includes(at + 1) ? "error" : "info",
  company: at % 2 === 0 ? "acme" : null,
  message: `[IngestionWorker:run_id=12] READ board ${at + 1}`,
}));

// As the server finds them.
function answer(request: Request): Response {
  const { pathname, searchParams } = new URL(request.url);
  if (!pathname.startsWith("/api/ingestion/logs/12")) return Response.json([]);
  const number = (name: string) => Number(searchParams.get(name) ?? 0);
  const [level, company] = [searchParams.get("level"), searchParams.get("company")];
  const found = stored
    .filter((line) => line.message.includes(searchParams.get("q") ?? ""))
    .filter(
      (line) => (level === null || line.level === level) && line.timestamp >= number("start_time"),
    )
    .filter((line) => company === null || line.company === company);
  if (searchParams.get("sort") === "company")
    found.sort(
      (one, other) => (one.company ?? "").localeCompare(other.company ?? "") || one.id - other.id,
    );
  if (!pathname.endsWith("/matches")) {
    const from = searchParams.has("tail") ? found.length - number("tail") : number("skip");
    const logs = found.slice(Math.max(0, from)).slice(0, number("limit") || undefined);
    return Response.json({ logs, next_token: null, total_matches: found.length });
  }
  return Response.json({
    total_matches: found.length,
    lines: 10,
    counts: stored.map((line) => (found.includes(line) ? 1 : 0)),
    up_to: found.filter((one) => one.id <= number("id")).length,
    next: found.find((one) => one.id > number("id"))?.id ?? null,
    before: found.findLast((one) => one.id < number("id"))?.id ?? null,
  });
}

beforeEach(() => {
  giveSizes();
  ask.mockImplementation((request) => Promise.resolve(answer(request)));
});

async function show(
  address = "",
  log = new LogLines((query, signal) => loadLines(12, query, signal)),
) {
  await log.loadTail();
  const viewer = (
    <LogViewer run={12} log={log} connection={{ kind: "ended" }} companies={["acme", "bolt"]} />
  );
  const router = createMemoryRouter([{ path: "/summary/12", element: viewer }], {
    initialEntries: [`/summary/12${address}`],
  });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <RouterProvider router={router} />
      <Toasts />
    </QueryClientProvider>,
  );
  return router;
}

const shown = () =>
  [...document.querySelectorAll("[data-place] a[title^='Line ']")].map((time) =>
    Number(/^Line (\d+)/.exec(time.getAttribute("title") ?? "")?.[1]),
  );
const button = (name: string) => screen.getByRole<HTMLButtonElement>("button", { name });

describe("a log", () => {
  it("is searched by the server's count, from one match to the next and back", async () => {
    const router = await show();
    await userEvent.type(screen.getByRole("searchbox", { name: "Search the log" }), "board");
    expect(await screen.findByText("0 of 10")).toBeTruthy();
    expect(router.state.location.search).toBe("?q=board");

    await userEvent.click(button("The next match"));
    expect(await screen.findByText("1 of 10")).toBeTruthy();
    expect(router.state.location.hash).toBe("#L1");
    await userEvent.click(button("The next match"));
    expect(await screen.findByText("2 of 10")).toBeTruthy();
    await userEvent.click(button("The match before"));
    await waitFor(() => expect(router.state.location.hash).toBe("#L1"));
    expect(button("The match before").disabled).toBe(true);
    expect(router.state.location.search).toBe("?q=board");
  });

  it("goes to its next error by a key", async () => {
    const router = await show();
    for (const hash of ["#L3", "#L8", "#L8"]) {
      await userEvent.keyboard("e");
      await waitFor(() => expect(router.state.location.hash).toBe(hash));
    }
    expect(await screen.findByText("There is no further error.")).toBeTruthy();
  });

  it("shows the lines that an address points at", async () => {
    await show("#L2-L4");
    const chosen = [...document.querySelectorAll("[data-place]")].filter((row) =>
      row.className.includes("chosen"),
    );

    expect(chosen.map((row) => Number(row.getAttribute("data-place")) + 1)).toEqual([2, 3, 4]);
  });

  it("is narrowed to a level and a company, in the address, and a line shown in context", async () => {
    const router = await show();
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "Level" }), "error");
    await waitFor(() => expect(shown()).toEqual([3, 8]));
    expect(screen.getByText("2 of 10 lines")).toBeTruthy();
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "Company" }), "acme");
    await waitFor(() => expect(shown()).toEqual([3]));
    expect(router.state.location.search).toBe("?level=error&company=acme");

    await userEvent.click(button("Show line 3 in context"));
    await waitFor(() => expect(shown()).toHaveLength(10));
    expect(router.state.location.search + router.state.location.hash).toBe("#L3");
    await router.navigate(-1);
    await waitFor(() => expect(shown()).toEqual([3]));
  });

  it("shows nothing but what is sought where a person wants that, and marks further words", async () => {
    const router = await show("?q=board%2010");
    await userEvent.click(button("Only these"));
    await waitFor(() => expect(shown()).toEqual([10]));
    await userEvent.click(button("Mark"));

    await waitFor(() => expect(shown()).toHaveLength(10));
    expect(router.state.location.search).toBe("?mark=board+10");
    expect(
      [...document.querySelectorAll("[data-place] mark")].map((mark) => mark.textContent),
    ).toEqual(["board 10"]);
    await userEvent.click(button("Mark board 10 no more"));
    expect(router.state.location.search).toBe("");
  });

  it("stands by company, each named once", async () => {
    await show("?sort=company");

    await waitFor(() => expect(shown()).toEqual([2, 4, 6, 8, 10, 1, 3, 5, 7, 9]));
    expect(screen.getAllByText("acme", { selector: "p" })).toHaveLength(1);
    expect(screen.queryByRole("button", { name: "Go" })).toBeNull();
  });

  it("says where it was silent, and goes to a time", async () => {
    const router = await show();
    expect(screen.getAllByText("31 seconds later")).toHaveLength(1);

    fireEvent.change(screen.getByLabelText("Time to go to"), { target: { value: "12:00:20" } });
    await userEvent.click(button("Go"));
    await waitFor(() => expect(router.state.location.hash).toBe("#L7"));
    fireEvent.change(screen.getByLabelText("Time to go to"), { target: { value: "13:00" } });
    await userEvent.click(button("Go"));
    expect(await screen.findByText("No line is as late as 13:00.")).toBeTruthy();
  });

  it("is narrowed while lines come faster than anything rests", async () => {
    const log = new LogLines((query, signal) => loadLines(12, query, signal));
    await show("", log);
    let id = 10;
    const writing = setInterval(() => {
      id += 1;
      log.append({ id, timestamp: start, level: "info", message: `meanwhile ${id}` });
    }, 30);
    try {
      await userEvent.selectOptions(screen.getByRole("combobox", { name: "Level" }), "error");
      await waitFor(() => expect(shown()).toEqual([3, 8]), { timeout: 2000 });
    } finally {
      clearInterval(writing);
    }
  });

  it("asks again for lines that were not to be had, though nobody moves", async () => {
    let tries = 0;
    const log = new LogLines(async (query, signal) => {
      const page = await loadLines(12, query, signal);
      if (query.tail !== undefined) return { ...page, logs: page.logs.slice(-2) };
      tries += 1;
      if (tries === 1) throw new Error("cut off");
      return page;
    });
    await show("", log);
    expect(shown()).toEqual([9, 10]);

    await waitFor(() => expect(shown()).toHaveLength(10), { timeout: 5000 });
    expect(tries).toBe(2);
  });

  it("is searched and selected by keys of its own", async () => {
    await show();
    const log = screen.getByRole("log");
    log.focus();
    await userEvent.keyboard("{Control>}f{/Control}");
    expect(document.activeElement).toBe(screen.getByRole("searchbox"));

    log.focus();
    await userEvent.keyboard("{Control>}a{/Control}");
    expect(await screen.findByText("10 lines selected.")).toBeTruthy();
    const data = { setData: vi.fn() };
    fireEvent.copy(log, { clipboardData: data });
    expect(data.setData).toHaveBeenCalledWith(
      "text/plain",
      stored.map((line) => `${line.message}\n`).join(""),
    );
  });
});
