import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter, Route, Routes } from "react-router-dom";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { companyOfRun } from "../testing/runs";
import { giveSizes } from "../testing/sizes";
import { Withheld } from "./withheld";

// The client takes its fetch when it is made.
const ask = vi.hoisted(() => {
  const fake = vi.fn<(request: Request) => Promise<Response>>();
  globalThis.fetch = fake as unknown as typeof fetch;
  return fake;
});

const job = (id: number, some = {}) => ({
  id,
  external_id: `e${id}`,
  title: `Cook ${id}`,
  location: "Berlin",
  withheld_since: "2026-11-28T12:00:00.000Z",
  why: "too many at once",
  ...some,
});

let jobs = [job(1), job(2)];
let settled: () => Response;
const orders: unknown[] = [];

beforeEach(() => {
  jobs = [job(1), job(2)];
  orders.length = 0;
  settled = () => Response.json({ action: "expire", jobs: 2, run_id: 13 });
  ask.mockImplementation(async (request) => {
    if (request.method === "GET") return Response.json({ jobs });
    orders.push(await request.json());
    return settled();
  });
});

function show() {
  render(
    <QueryClientProvider
      client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}
    >
      <MemoryRouter initialEntries={["/summary/12"]}>
        <Routes>
          <Route
            path="/summary/12"
            element={
              <Withheld
                run={12}
                companies={[companyOfRun("acme", { withheld: 2 }), companyOfRun("cobalt")]}
                titleOf={(name) => name.toUpperCase()}
              />
            }
          />
          <Route path="/ingest/13" element={<p>Run 13 at work</p>} />
        </Routes>
      </MemoryRouter>
    </QueryClientProvider>,
  );
}

describe("what a run withheld", () => {
  it("lists the jobs of each company that has some, and a reason of all of them once", async () => {
    show();

    expect(await screen.findAllByText(/^Cook/)).toHaveLength(2);
    expect(screen.getAllByText("too many at once")).toHaveLength(1);
    expect(screen.queryByText("COBALT")).toBeNull();
  });

  it("lists very many as well, and draws those in sight", async () => {
    giveSizes();
    jobs = Array.from({ length: 3000 }, (_, at) => job(at + 1));
    show();

    expect(await screen.findByText("Cook 10")).toBeTruthy();
    expect(screen.queryByText("Cook 3000")).toBeNull();
  });

  it("expires nothing before a second word, then leads into the run that reads the board", async () => {
    show();
    await userEvent.click(await screen.findByRole("button", { name: /^Expire up to 2/ }));
    expect(orders).toEqual([]);

    const dialog = screen.getByRole("alertdialog");
    expect(dialog.textContent).toContain("read again first");
    await userEvent.click(within(dialog).getByRole("button", { name: "Expire up to 2" }));

    expect(await screen.findByText("Run 13 at work")).toBeTruthy();
    expect(orders).toEqual([{ action: "expire" }]);
  });

  it("names the run that is in the way, and links to it", async () => {
    settled = () => Response.json({ detail: "run 13 is active", run_id: 13 }, { status: 409 });
    show();
    await userEvent.click(await screen.findByRole("button", { name: /^Expire up to 2/ }));
    const dialog = screen.getByRole("alertdialog");
    await userEvent.click(within(dialog).getByRole("button", { name: "Expire up to 2" }));

    const link = await within(dialog).findByRole("link", { name: "Watch run 13" });
    expect(link.getAttribute("href")).toBe("/ingest/13");
  });

  it("keeps them, says that they are settled, and leaves the focus at the company", async () => {
    settled = () => {
      jobs = [];
      return Response.json({ action: "keep", jobs: 2, run_id: null });
    };
    show();
    await userEvent.click(await screen.findByRole("button", { name: /^Keep/ }));

    expect(await screen.findByText(/Nothing is withheld here any more/)).toBeTruthy();
    expect(orders).toEqual([{ action: "keep" }]);
    await vi.waitFor(() => expect(document.activeElement?.textContent).toBe("ACME"));
  });

  it("says why they were not kept, and shows them still", async () => {
    settled = () => Response.json({ detail: "The database is busy." }, { status: 503 });
    show();
    await userEvent.click(await screen.findByRole("button", { name: /^Keep/ }));

    expect((await screen.findByRole("alert")).textContent).toContain("The database is busy.");
    expect(screen.getAllByText(/^Cook/)).toHaveLength(2);
  });

  it("can be asked for again where it could not be loaded", async () => {
    ask.mockImplementationOnce(() =>
      Promise.resolve(Response.json({ detail: "The database is away." }, { status: 500 })),
    );
    show();
    await userEvent.click(await screen.findByRole("button", { name: "Try again" }));

    expect(await screen.findAllByText(/^Cook/)).toHaveLength(2);
  });

  it("shows a title as the text that it is, and the board's own id where there is none", async () => {
    jobs = [job(1, { title: "<b>Cook</b>" }), job(2, { title: "", why: "another" })];
    show();

    expect(await screen.findByText("<b>Cook</b>")).toBeTruthy();
    expect(screen.getByText("e2")).toBeTruthy();
    expect(screen.getByText("another")).toBeTruthy();
  });
});
