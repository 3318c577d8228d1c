import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { createMemoryRouter, RouterProvider } from "react-router-dom";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { Toasts } from "../parts/toasts";
import { switchKeys } from "../parts/keys";
import { jobOf, jobPageOf } from "../testing/jobs";
import { giveSizes } from "../testing/sizes";
import { JobsPage } from "./jobs_page";
import type { JobPage } from "./use_jobs";

// The client takes its fetch when it is made.
const ask = vi.hoisted(() => {
  const fake = vi.fn<(request: Request) => Promise<Response>>();
  globalThis.fetch = fake as unknown as typeof fetch;
  return fake;
});
const asked: string[] = [];
let page: JobPage;
let hidden: Set<number>;
let hiddenCompanies: Set<string>;

beforeEach(() => {
  asked.length = 0;
  hidden = new Set();
  hiddenCompanies = new Set();
  page = jobPageOf([jobOf(1), jobOf(2), jobOf(3)]);
  giveSizes();
  switchKeys(true);
  window.scrollTo = () => undefined;
  ask.mockImplementation((request) => {
    const { pathname, search } = new URL(request.url);
    asked.push(`${request.method} ${pathname}${search}`);
    return Promise.resolve(answerTo(request.method, pathname));
  });
});

function answerTo(method: string, pathname: string): Response {
  const marked = /^\/api\/jobs\/(\d+)\/marks\/hidden$/.exec(pathname);
  if (marked !== null) {
    if (method === "PUT") hidden.add(Number(marked[1]));
    else hidden.delete(Number(marked[1]));
    return method === "PUT" ? Response.json({}) : new Response(null, { status: 204 });
  }
  const company = /^\/api\/ingestion\/companies\/(\w+)\/marks\/hidden$/.exec(pathname);
  if (company !== null) {
    if (method === "PUT") hiddenCompanies.add(company[1] ?? "");
    else hiddenCompanies.delete(company[1] ?? "");
    return method === "PUT" ? Response.json({}) : new Response(null, { status: 204 });
  }
  if (pathname === "/api/marks/companies")
    return Response.json({
      companies: [...hiddenCompanies].map((name) => ({
        company: name,
        hidden_at: "2026-11-28T12:00:00.000Z",
        open_jobs: 3,
      })),
    });
  if (pathname === "/api/views") return Response.json({ views: [] });
  if (pathname === "/api/jobs") {
    const jobs = page.jobs.filter(
      (job) => !hidden.has(job.id) && !hiddenCompanies.has(job.company),
    );
    return Response.json({ ...page, jobs, total: jobs.length });
  }
  return Response.json([]);
}

function show(address = "/jobs") {
  const routes = [
    { path: "/jobs", element: <JobsPage /> },
    { path: "/jobs/:id", element: <p>One job</p> },
  ];
  const router = createMemoryRouter(routes, { initialEntries: [address] });
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
      <Toasts />
    </QueryClientProvider>,
  );
  return router;
}

const titles = () => screen.queryAllByRole("heading", { level: 2 }).map((one) => one.textContent);

describe("jobs", () => {
  it("are looked for by what the address says", async () => {
    show("/jobs?q=cook&company=acme&sort=newest");
    await screen.findByRole("link", { name: "Cook 1" });

    expect(asked).toContain("GET /api/jobs?q=cook&company=acme&status=open&sort=newest&limit=100");
  });

  it("are looked for as one types, and the address follows", async () => {
    const router = show();
    await screen.findByRole("link", { name: "Cook 1" });
    await userEvent.type(screen.getByRole("searchbox", { name: "Search jobs" }), "baker");

    await waitFor(() => expect(router.state.location.search).toBe("?q=baker"));
    await waitFor(() => expect(asked).toContain("GET /api/jobs?q=baker&status=open&limit=100"));
  });

  it("say what was corrected, with a way back", async () => {
    page = { ...page, corrected: { from: "kok", to: "cook" } };
    const router = show("/jobs?q=kok");
    await userEvent.click(await screen.findByRole("button", { name: "Search for kok instead" }));

    expect(router.state.location.search).toBe("?q=kok&exact=true");
  });

  it("are narrowed by status, company and words that are switched", async () => {
    const router = show("/jobs?q=cook");
    await userEvent.click(await screen.findByRole("radio", { name: /^Expired/ }));
    await userEvent.click(screen.getByRole("checkbox", { name: "New in the last run" }));
    await userEvent.click(screen.getByRole("checkbox", { name: /^acme/ }));

    expect(router.state.location.search).toBe("?q=cook+is%3Anew&company=acme&status=expired");
  });

  it("are narrowed by names of places, and by such as are not among those that are told", async () => {
    const places = Object.fromEntries(
      Array.from({ length: 12 }, (_, n) => [`Village ${n}`, n + 1]),
    );
    page = { ...page, facets: { ...page.facets, place: places, remote: { yes: 2, no: 1 } } };
    const router = show("/jobs?q=cook");
    await userEvent.click(await screen.findByRole("checkbox", { name: "Village 11 12" }));
    expect(new URLSearchParams(router.state.location.search).get("q")).toBe('cook in:"Village 11"');
    expect(screen.getByRole("checkbox", { name: "Remote 2" })).toBeTruthy();

    await userEvent.type(
      screen.getByRole("searchbox", { name: "Find a place among these" }),
      "Oslo",
    );
    await userEvent.click(screen.getByRole("button", { name: "Only jobs in “Oslo”" }));
    expect(new URLSearchParams(router.state.location.search).get("q")).toBe(
      'cook in:"Village 11" in:Oslo',
    );
    expect(await screen.findByRole("checkbox", { name: "Oslo 0" })).toHaveProperty("checked", true);
  });

  it("are gone through, hidden and shown again by keys alone", async () => {
    show();
    await screen.findByRole("link", { name: "Cook 1" });
    await userEvent.keyboard("jj");
    await waitFor(() => expect(document.activeElement?.textContent).toBe("Cook 2"));
    await userEvent.keyboard("h");
    await waitFor(() => expect(titles()).toEqual(["Cook 1", "Cook 3"]));
    expect(hidden).toEqual(new Set([2]));

    await userEvent.keyboard("u");
    await waitFor(() => expect(titles()).toEqual(["Cook 1", "Cook 2", "Cook 3"]));
    expect(hidden).toEqual(new Set());
  });

  it("are shown again by their own undo, whichever was hidden last", async () => {
    show();
    await screen.findByRole("link", { name: "Cook 1" });
    for (const title of ["Cook 1", "Cook 2"])
      await userEvent.click(screen.getByRole("button", { name: `Hide ${title}` }));
    await waitFor(() => expect(hidden).toEqual(new Set([1, 2])));
    const toast = screen.getByText("Hidden: Cook 1").closest("li");
    await userEvent.click(within(toast ?? document.body).getByRole("button", { name: "Undo" }));

    await waitFor(() => expect(hidden).toEqual(new Set([2])));
  });

  it("are hidden with their company, which is undone, or shown again of all that are hidden", async () => {
    page = jobPageOf([jobOf(1), jobOf(2, { company: "bolt" })]);
    page.facets.company = { acme: 1, bolt: 1 };
    show();
    await screen.findByRole("link", { name: "Cook 1" });
    await userEvent.click(screen.getByRole("button", { name: "More about Cook 1" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Hide all jobs of acme" }));
    await waitFor(() => expect(titles()).toEqual(["Cook 2"]));
    expect(hiddenCompanies).toEqual(new Set(["acme"]));
    const toast = screen.getByText("Hidden: all jobs of acme").closest("li");
    await userEvent.click(within(toast ?? document.body).getByRole("button", { name: "Undo" }));
    await waitFor(() => expect(titles()).toEqual(["Cook 1", "Cook 2"]));

    await userEvent.click(screen.getByRole("button", { name: "Hide all jobs of bolt" }));
    await waitFor(() => expect(titles()).toEqual(["Cook 1"]));
    await userEvent.click(await screen.findByRole("button", { name: "1 hidden company…" }));
    await userEvent.click(await screen.findByRole("button", { name: "Show again bolt" }));
    await waitFor(() => expect(hiddenCompanies).toEqual(new Set()));
    expect(await screen.findByText("No company is hidden.")).toBeTruthy();
  });

  it("do nothing by keys that were switched off, nor while one types", async () => {
    show();
    await screen.findByRole("link", { name: "Cook 1" });
    await userEvent.keyboard("/h");
    expect(screen.getByRole("searchbox", { name: "Search jobs" })).toHaveProperty("value", "h");
    switchKeys(false);
    await userEvent.click(document.body);
    await userEvent.keyboard("jh");

    expect(hidden).toEqual(new Set());
  });

  it("that are none lead on", async () => {
    page = jobPageOf([]);
    show("/jobs?q=nobody");

    expect(await screen.findByText("No job matches.")).toBeTruthy();
    expect(screen.getByRole("link", { name: "Show all open jobs" })).toBeTruthy();
  });
});
