import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { createMemoryRouter, RouterProvider } from "react-router-dom";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { ApiError } from "../api/errors";
import { type Company, keys, type Setting } from "../api/queries";
import { ConfigurePage } from "./configure_page";

const { get, post } = vi.hoisted(() => ({ get: vi.fn(), post: vi.fn() }));
vi.mock("../api/client", async (original) => ({
  ...(await original<object>()),
  api: { GET: get, POST: post },
}));

const company = (name: string, display_name: string): Company => ({
  name,
  display_name,
  logo_url: "/logo",
  board: "greenhouse",
  careers_url: null,
});
const acme: Setting = {
  id: 1,
  company_name: "acme",
  is_enabled: true,
  title_filters: { include: [], exclude: ["intern"] },
  place_filters: { include: [], exclude: [], remote: false },
  updated_at: "2026-11-28T12:00:00.000Z",
};
let settings: Setting[];

beforeEach(() => {
  settings = [acme];
  post.mockReset();
  Element.prototype.scrollIntoView = () => undefined;
  const answers: Record<string, () => unknown> = {
    "/api/ingestion/companies": () => [company("acme", "Acme"), company("bolt", "Bolt")],
    "/api/ingestion/settings": () => settings,
    "/api/ingestion/filters": () => ({
      title_filters: { include: [], exclude: [] },
      place_filters: { include: [], exclude: [], remote: false },
      updated_at: null,
    }),
    "/api/ingestion/current-run": () => ({ run_id: null }),
    "/api/ingestion/kinds": () => [],
  };
  get.mockImplementation((path: string) => Promise.resolve({ data: answers[path]?.() }));
});

async function open() {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const routes = [
    { path: "/configure", element: <ConfigurePage /> },
    { path: "/preview", element: <p>The preview</p> },
  ];
  const router = createMemoryRouter(routes, { initialEntries: ["/configure"] });
  render(
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  await screen.findByRole("article", { name: "Acme" });
  return { client, router };
}

const button = (name: string | RegExp) => screen.getByRole("button", { name });
const card = (name: string) => screen.getByRole("article", { name });

describe("the configuration", () => {
  it("saves what changed, and only then shows the preview", async () => {
    const { router } = await open();
    expect(screen.queryByRole("button", { name: "Save" })).toBeNull();
    await userEvent.click(button("Follow Bolt"));
    expect(within(card("Bolt")).getByText("New")).toBeTruthy();
    post.mockImplementation(() => {
      settings = [acme, { ...acme, id: 2, company_name: "bolt" }];
      const done = { op: "upsert", success: true, company_name: "bolt", id: 2, updated_at: "" };
      return Promise.resolve({ data: [done] });
    });
    await userEvent.click(button("Save and preview"));
    expect(await screen.findByText("The preview")).toBeTruthy();
    expect(post).toHaveBeenCalledExactlyOnceWith("/api/ingestion/settings", {
      body: [
        {
          op: "upsert",
          company_name: "bolt",
          is_enabled: true,
          title_filters: { include: [], exclude: [] },
          place_filters: { include: [], exclude: [], remote: false },
        },
      ],
    });
    expect(router.state.location.pathname).toBe("/preview");
  });

  it("saves the places of a company beside its titles", async () => {
    await open();
    await userEvent.click(within(card("Acme")).getByRole("button", { name: /1 exclude/ }));
    await userEvent.type(
      screen.getByRole("textbox", { name: "Include places" }),
      "Bern, CH{Enter}",
    );
    await userEvent.click(screen.getByRole("switch", { name: "Remote jobs too" }));
    expect(within(card("Acme")).getByText("1 exclude, Bern, CH or remote")).toBeTruthy();
    post.mockResolvedValue({ data: [{ ...acme, op: "upsert", success: true }] });
    await userEvent.click(button("Save"));
    await waitFor(() =>
      expect(post).toHaveBeenCalledWith("/api/ingestion/settings", {
        body: [
          {
            op: "upsert",
            company_name: "acme",
            is_enabled: true,
            title_filters: acme.title_filters,
            place_filters: { include: ["Bern, CH"], exclude: [], remote: true },
          },
        ],
      }),
    );
  });

  it("stays where something is taken back while it is being saved", async () => {
    const { router } = await open();
    await userEvent.click(within(card("Acme")).getByRole("switch"));
    await userEvent.click(button("Follow Bolt"));
    let answer: () => void = () => undefined;
    post.mockImplementation(() => {
      settings = [
        { ...acme, is_enabled: false },
        { ...acme, id: 2, company_name: "bolt", title_filters: { include: [], exclude: [] } },
      ];
      const done = settings.map((one) => ({ ...one, op: "upsert", success: true }));
      return new Promise((resolve) => (answer = () => resolve({ data: done })));
    });
    await userEvent.click(button("Save and preview"));
    await waitFor(() => expect(post).toHaveBeenCalledOnce());

    await userEvent.click(within(card("Acme")).getByRole("switch"));
    answer();

    expect(await screen.findByText("Not saved: 1 modified.")).toBeTruthy();
    expect(within(card("Acme")).getByRole("switch").ariaChecked).toBe("true");
    expect(router.state.location.pathname).toBe("/configure");
  });

  it("opens the card that the server refused, and keeps what was changed", async () => {
    await open();
    await userEvent.click(within(card("Acme")).getByRole("switch"));
    const misfit = { loc: ["body", 0, "title_filters", "exclude", 0], msg: "no such thing" };
    post.mockRejectedValue(new ApiError("0: no such thing", 422, null, [misfit]));
    await userEvent.click(button("Save"));
    expect(await within(card("Acme")).findByText("no such thing")).toBeTruthy();
    expect(screen.getByRole("alert").textContent).toContain("Nothing was saved");
    expect(within(card("Acme")).getByText("Modified")).toBeTruthy();
    expect(document.activeElement?.textContent).toBe("Acme");
  });

  it("marks the card whose list the server refused as a whole", async () => {
    await open();
    await userEvent.click(within(card("Acme")).getByRole("switch"));
    // Of the attempt to save, and of the counting of titles.
    post.mockImplementation((path: string) => {
      const place = path.endsWith("/settings") ? ["body", 0] : ["body"];
      const misfit = { loc: [...place, "title_filters", "exclude"], msg: "must have at most 2" };
      return Promise.reject(new ApiError("must have at most 2", 422, null, [misfit]));
    });
    await userEvent.click(button("Save"));
    const words = await within(card("Acme")).findByText(/^Exclude: must have at most 2$/);
    const chips = within(card("Acme")).getByRole("group", { name: "Exclude" });
    expect(words.compareDocumentPosition(chips)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
    expect(within(card("Acme")).getByText("! Not taken")).toBeTruthy();
  });

  it("asks before changes are left behind", async () => {
    const { router } = await open();
    await userEvent.click(within(card("Acme")).getByRole("button", { name: "Stop following" }));
    expect(screen.getByText(/its jobs expire with the next run/)).toBeTruthy();
    void router.navigate("/preview");
    const dialog = await screen.findByRole("alertdialog");
    await userEvent.click(within(dialog).getByRole("button", { name: "Stay" }));
    expect(router.state.location.pathname).toBe("/configure");
    expect(within(card("Acme")).getByText("Removed")).toBeTruthy();
  });

  it("asks before a term is lost that is still being typed", async () => {
    const { router } = await open();
    await userEvent.click(within(card("Acme")).getByRole("button", { name: /1 exclude/ }));
    await userEvent.type(screen.getByRole("textbox", { name: "Exclude" }), "lead");
    const closing = new Event("beforeunload", { cancelable: true });
    window.dispatchEvent(closing);
    expect(closing.defaultPrevented).toBe(true);
    void router.navigate("/preview");
    const dialog = await screen.findByRole("alertdialog");
    await userEvent.click(within(dialog).getByRole("button", { name: "Stay" }));
    expect(await within(card("Acme")).findByText("lead")).toBeTruthy();
  });

  it("keeps an edit while settings change elsewhere", async () => {
    const { client } = await open();
    await userEvent.click(within(card("Acme")).getByRole("switch"));
    settings = [
      { ...acme, title_filters: { include: ["cook"], exclude: [] } },
      { ...acme, id: 2, company_name: "bolt" },
    ];
    await client.refetchQueries({ queryKey: keys.settings });
    await waitFor(() => expect(card("Bolt")).toBeTruthy());
    expect(within(card("Acme")).getByText("Modified")).toBeTruthy();
    expect(within(card("Acme")).getByText("1 exclude")).toBeTruthy();
  });

  it("says why there is nothing to preview", async () => {
    await open();
    await userEvent.click(within(card("Acme")).getByRole("switch"));
    expect(button("Save and preview")).toHaveProperty("disabled", true);
    expect(screen.getByText(/follow a company and leave it on/)).toBeTruthy();
  });
});
