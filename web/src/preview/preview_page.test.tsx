import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { createMemoryRouter, RouterProvider } from "react-router-dom";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { type FiltersForAll, keys, type Setting } from "../api/queries";
import { PreviewPage } from "./preview_page";
import type { PreviewedCompany } from "./previewed";
import { noFiltersForAll, sampleCompany, sampleSetting } from "./samples";

// Before the client is made, which keeps the fetch that it finds.
const server = vi.hoisted(() => {
  const made = { answer: (request: Request) => Promise.resolve(new Response(request.url)) };
  globalThis.fetch = (request) => made.answer(request as Request);
  return made;
});

interface Asked {
  path: string;
  body: unknown;
}

let settings: Setting[];
let forAll: FiltersForAll;
let asked: Asked[];
let parts: Record<string, PreviewedCompany>;
let start: object;
let ended: object[]; // runs
let kept: boolean; // the listing that the preview shows is there still

const cook = { id: "1", title: "Cook", location: "Rome", url: "https://boards.example/1" };
const acme = sampleCompany(
  { new: 1 },
  { total_count: 1, urls_count: 1, included_jobs: [{ ...cook, fate: "new" }] },
);

async function answer(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const path = pathname + search;
  const text = request.method === "POST" ? await request.text() : "";
  const body: unknown = text === "" ? null : JSON.parse(text);
  if (request.method === "POST") asked.push({ path, body });
  const reply = (value: unknown) =>
    Response.json(value, { headers: { Date: new Date().toUTCString() } });
  if (pathname.endsWith("/dry-run")) return reply(dryRun(body));
  if (pathname.endsWith("/start")) return reply(start);
  if (pathname.endsWith("/current-run")) return reply({ run_id: null });
  if (pathname.endsWith("/runs")) return reply({ runs: ended, next_before: null });
  if (pathname.endsWith("/companies")) return reply([]);
  if (pathname.endsWith("/filters")) return reply(forAll);
  if (pathname.endsWith("/settings") && request.method === "GET") return reply(settings);
  const changes = body as Setting[];
  settings = settings.map((one) => ({
    ...one,
    ...changes.find((change) => change.company_name === one.company_name),
    updated_at: "2026-11-28T13:00:00.000Z",
  }));
  return reply(settings.map((one) => ({ ...one, op: "upsert", success: true })));
}

// Of one company under a filter: its only job is left out.
function dryRun(body: unknown) {
  const order = body as { company: string; title_filters: { exclude: string[] } } | null;
  if (order === null) return parts;
  if (order.title_filters.exclude.length === 0) return { [order.company]: acme };
  const excluded = {
    ...cook,
    fate: "excluded" as const,
    rule: "exclude: cook",
    match: { begin: 0, length: 4 },
  };
  const part = { total_count: 1, filtered_count: 1, excluded_jobs: [excluded], kept };
  return { [order.company]: sampleCompany({}, part) };
}

function showPage() {
  const router = createMemoryRouter(
    [
      { path: "/preview", element: <PreviewPage /> },
      { path: "*", element: <p>elsewhere</p> },
    ],
    { initialEntries: ["/preview"] },
  );
  const queries = new QueryClient();
  render(
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  return { router, queries };
}

beforeEach(() => {
  settings = [sampleSetting("acme")];
  forAll = noFiltersForAll;
  parts = { acme };
  asked = [];
  start = { run_id: 7 };
  ended = [];
  kept = true;
  server.answer = answer;
});

describe("the preview", () => {
  it("asks nothing where no company is followed, and says where to begin", async () => {
    settings = [];
    showPage();

    expect(await screen.findByText("There is nothing to preview yet.")).toBeTruthy();
    expect(asked).toEqual([]);
  });

  it("links jobs of the web in a tab of their own, and no other address", async () => {
    const odd = {
      ...cook,
      id: "2",
      title: "Odd",
      url: "javascript:alert(1)",
      fate: "new" as const,
    };
    parts = { acme: { ...acme, included_jobs: [...acme.included_jobs, odd] } };
    showPage();

    const link = await screen.findByRole("link", { name: "Cook" });

    expect(link.getAttribute("rel")).toBe("noopener noreferrer");
    expect(link.getAttribute("target")).toBe("_blank");
    expect(screen.getByText("Odd").closest("a")).toBeNull();
  });

  it("reads a board that failed again, and takes its part alone", async () => {
    const failed = { status: "error" as const, error_message: "timed out" };
    parts = { acme: sampleCompany({ complete: false }, failed) };
    showPage();

    await userEvent.click(await screen.findByRole("button", { name: "Read again" }));

    expect(await screen.findByRole("link", { name: "Cook" })).toBeTruthy();
    expect(document.activeElement?.textContent).toBe("acme");
    expect(asked.at(-1)).toEqual({
      path: "/api/ingestion/dry-run",
      body: { company: "acme", title_filters: { include: [], exclude: [] } },
    });
  });

  it("sorts the lists by filters that are not saved without asking the board, names them before a start, and saves them there", async () => {
    showPage();
    await userEvent.click(await screen.findByRole("button", { name: "Filters" }));

    await userEvent.type(
      screen.getByRole("textbox", { name: "Leave out titles with" }),
      "cook{Enter}",
    );

    await screen.findByText("0 of 1 job included with these filters.");
    expect(screen.getByText("Cook").tagName).toBe("MARK");
    expect(asked.slice(1)).toEqual([
      {
        path: "/api/ingestion/dry-run?kept=true",
        body: { company: "acme", title_filters: { include: [], exclude: ["cook"] } },
      },
    ]);
    await userEvent.click(screen.getByRole("button", { name: "Start ingestion" }));
    const dialog = within(screen.getByRole("alertdialog"));
    expect(dialog.getByText(/^acme’s filters are not saved/)).toBeTruthy();
    expect(dialog.getByText("1 job: 1 new.")).toBeTruthy();
    await userEvent.click(dialog.getByRole("button", { name: "Save filters" }));
    await waitFor(() => expect(dialog.queryByText(/not saved/)).toBeNull());
    expect(dialog.getByText("0 jobs, nothing new among them.")).toBeTruthy();
    expect(dialog.queryByText(/Settings changed/)).toBeNull();
  });

  it("leaves the places alone where filters are saved, and sorts anew once they are others", async () => {
    const places = { include: ["Rome"], exclude: [], remote: false };
    settings = [sampleSetting("acme", { place_filters: places })];
    const { queries } = showPage();
    await userEvent.click(await screen.findByRole("button", { name: "Filters" }));
    expect(screen.getByText("every title; at “Rome”")).toBeTruthy();
    const write = (text: string) =>
      userEvent.type(screen.getByRole("textbox", { name: "Leave out titles with" }), text);
    await write("cook{Enter}");
    await screen.findByText("0 of 1 job included with these filters.");
    settings = [
      sampleSetting("acme", { place_filters: { ...places, remote: true }, updated_at: "later" }),
    ];
    await queries.invalidateQueries({ queryKey: keys.settings });
    await userEvent.click(await screen.findByRole("button", { name: "Preview again" }));
    await waitFor(() => expect(screen.queryByText(/Settings changed/)).toBeNull());
    const sorted = () =>
      asked.filter(({ path }) => path.endsWith("?kept=true") && path.includes("dry-run"));
    await waitFor(() => expect(sorted().filter(({ body }) => body !== null)).toHaveLength(2));

    await userEvent.click(screen.getByRole("button", { name: "Save filters" }));

    await waitFor(() => expect(screen.queryByText("not saved")).toBeNull());
    expect(asked.find(({ path }) => path.endsWith("/settings"))?.body).toEqual([
      {
        op: "upsert",
        company_name: "acme",
        title_filters: { include: [], exclude: ["cook"] },
      },
    ]);
    expect(screen.queryByText(/Settings changed/)).toBeNull();
  });

  it("is old once the filters for all companies are others", async () => {
    const { queries } = showPage();
    await screen.findByRole("link", { name: "Cook" });
    forAll = { ...noFiltersForAll, updated_at: "2126-11-28T13:00:00.000Z" };

    await queries.invalidateQueries({ queryKey: keys.filtersForAll });

    expect(await screen.findByText("The filters for all companies changed.")).toBeTruthy();
  });

  it("names the rule of places, with the place and no mark in the title", async () => {
    const rule = "no include place matches (all companies)";
    const far = { ...cook, fate: "excluded" as const, rule, match: null };
    parts = {
      acme: sampleCompany({ new: 1 }, { total_count: 1, filtered_count: 1, excluded_jobs: [far] }),
    };
    showPage();

    const row = within((await screen.findByText(rule)).closest("li") as HTMLElement);

    expect(row.getByText("Rome")).toBeTruthy();
    expect(row.getByText("Cook").querySelector("mark")).toBeNull();
  });

  it("takes no numbers that are not of its listing for what a run would do", async () => {
    kept = false;
    showPage();
    await userEvent.click(await screen.findByRole("button", { name: "Filters" }));
    await userEvent.type(
      screen.getByRole("textbox", { name: "Leave out titles with" }),
      "cook{Enter}",
    );
    await screen.findByText(/^0 of 1 job included with these filters\. .* is kept no longer/);
    await userEvent.click(screen.getByRole("button", { name: "Start ingestion" }));
    const dialog = within(screen.getByRole("alertdialog"));
    await userEvent.click(dialog.getByRole("button", { name: "Save filters" }));

    await waitFor(() => expect(dialog.queryByText(/not saved/)).toBeNull());
    expect(dialog.getByText("1 job: 1 new.")).toBeTruthy();
    expect(dialog.getByText(/These numbers do not know of it/)).toBeTruthy();
  });

  it("leaves open what a person opened when the boards are read again", async () => {
    parts = { acme, bolt: sampleCompany({ unchanged: 1 }, { total_count: 1, urls_count: 1 }) };
    settings = [sampleSetting("acme"), sampleSetting("bolt")];
    showPage();
    const section = (name: string) => screen.getByRole("button", { name });
    await userEvent.click(await screen.findByRole("button", { name: "bolt" }));
    await userEvent.click(section("acme"));
    parts = { ...parts, cook: acme };

    await userEvent.click(section("Read all again"));

    await screen.findByRole("button", { name: "cook" });
    const open = ["acme", "bolt", "cook"].map((name) => section(name).ariaExpanded);
    expect(open).toEqual(["false", "true", "true"]);
  });

  it("leads into the run that is at work already", async () => {
    start = { run_id: 12, already_active: true };
    const { router } = showPage();

    await userEvent.click(await screen.findByRole("button", { name: "Start ingestion" }));
    await userEvent.click(screen.getByRole("button", { name: "Start the run" }));

    await waitFor(() => expect(router.state.location.pathname).toBe("/ingest/12"));
  });

  it("is made anew, and once, when a run has ended", async () => {
    const { queries } = showPage();
    await screen.findByRole("link", { name: "Cook" });
    ended = [{ run_id: 7, finished_at: "2126-11-28T12:00:00.000Z" }];

    await queries.invalidateQueries({ queryKey: keys.runs });

    await waitFor(() => expect(asked.length).toBe(2));
    await screen.findByRole("link", { name: "Cook" });
    await queries.invalidateQueries({ queryKey: keys.runs });
    expect(asked.length).toBe(2);
  });

  it("keeps the question open where the start is refused", async () => {
    showPage();
    await userEvent.click(await screen.findByRole("button", { name: "Start ingestion" }));
    server.answer = () =>
      Promise.resolve(Response.json({ detail: "The worker did not answer." }, { status: 500 }));

    await userEvent.click(screen.getByRole("button", { name: "Start the run" }));

    expect((await screen.findByRole("alert")).textContent).toBe("The worker did not answer.");
  });
});
