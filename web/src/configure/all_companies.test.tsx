import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { createMemoryRouter, RouterProvider } from "react-router-dom";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { ApiError } from "../api/errors";
import { type FiltersForAll, keys, type Setting } from "../api/queries";
import { ConfigurePage } from "./configure_page";

const { get, post, put } = vi.hoisted(() => ({ get: vi.fn(), post: vi.fn(), put: vi.fn() }));
vi.mock("../api/client", async (original) => ({
  ...(await original<object>()),
  api: { GET: get, POST: post, PUT: put },
}));

const none = {
  title_filters: { include: [], exclude: [] },
  place_filters: { include: [], exclude: [], remote: false },
};
const acme: Setting = {
  id: 1,
  company_name: "acme",
  is_enabled: true,
  ...none,
  updated_at: "2026-11-28T12:00:00.000Z",
};
const nowhere = { ...none, place_filters: { include: ["nowhere"], exclude: [], remote: false } };
const loss = "the changed filter takes away all 12 jobs of acme: no include place matches";
let held: FiltersForAll;
let warnings: string[];
let client: QueryClient;

beforeEach(() => {
  held = { ...none, updated_at: null };
  warnings = [];
  post.mockReset();
  put.mockReset();
  const answers: Record<string, () => unknown> = {
    "/api/ingestion/companies": () => [],
    "/api/ingestion/settings": () => [acme],
    "/api/ingestion/filters": () => held,
    "/api/ingestion/current-run": () => ({ run_id: null }),
    "/api/ingestion/kinds": () => [],
  };
  get.mockImplementation((path: string) => Promise.resolve({ data: answers[path]?.() }));
  put.mockImplementation((_: string, { body }: { body: { dry_run: boolean } }) => {
    const { dry_run, ...filters } = body;
    const next = { ...none, ...filters, updated_at: "2026-11-28T13:00:00.000Z" };
    if (!dry_run) held = next;
    return Promise.resolve({ data: { ...next, warnings } });
  });
});

async function open() {
  client = new QueryClient();
  const router = createMemoryRouter(
    [
      { path: "/configure", element: <ConfigurePage /> },
      { path: "/preview", element: <p>The preview</p> },
    ],
    { initialEntries: ["/configure"] },
  );
  render(
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  return within(await screen.findByRole("region", { name: "All companies" }));
}

async function include(place: string) {
  await userEvent.click(screen.getByRole("button", { name: "Filters: Every title, every place" }));
  await userEvent.type(screen.getByRole("textbox", { name: "Include places" }), `${place}{Enter}`);
}

const button = (name: string) => screen.getByRole("button", { name });
const written = () =>
  put.mock.calls
    .map(([, { body }]) => body as { dry_run: boolean })
    .filter(({ dry_run }) => !dry_run);

describe("the filters for all companies", () => {
  it("are saved by the bar that saves the rest", async () => {
    const card = await open();
    await include("Zurich");
    expect(card.getByText("Modified")).toBeTruthy();
    expect(screen.getByText("Not saved: the filters for all companies.")).toBeTruthy();

    await userEvent.click(button("Save"));

    await waitFor(() => expect(card.queryByText("Modified")).toBeNull());
    expect(card.getByRole("button", { name: "Filters: Every title, Zurich" })).toBeTruthy();
    expect(screen.getByText(/^Saved: the filters for all companies/)).toBeTruthy();
    expect(written()).toEqual([
      {
        ...nowhere,
        place_filters: { ...nowhere.place_filters, include: ["Zurich"] },
        dry_run: false,
      },
    ]);
    expect(post).not.toHaveBeenCalled();
  });

  it("are those of elsewhere once they change there after they were saved", async () => {
    const card = await open();
    await include("Zurich");
    await userEvent.click(button("Save"));
    await waitFor(() => expect(card.queryByText("Modified")).toBeNull());
    held = { ...nowhere, updated_at: "2026-11-28T14:00:00.000Z" };

    await client.refetchQueries({ queryKey: keys.filtersForAll });

    expect(await card.findByRole("button", { name: "Filters: Every title, nowhere" })).toBeTruthy();
    expect(card.queryByText("Modified")).toBeNull();
  });

  it("say what they would take away, and are asked about before they are saved", async () => {
    warnings = [loss];
    const card = await open();
    await include("nowhere");
    expect(
      await card.findByText(/^The changed filter takes away all 12 jobs of acme/),
    ).toBeTruthy();

    await userEvent.click(button("Save and preview"));
    const question = within(await screen.findByRole("alertdialog"));
    expect(question.getByText(/^The changed filter takes away all 12 jobs/)).toBeTruthy();
    await userEvent.click(question.getByRole("button", { name: "Keep editing" }));
    await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
    expect(written()).toEqual([]);

    await userEvent.click(button("Save and preview"));
    await userEvent.click(await screen.findByRole("button", { name: "Save", hidden: false }));
    expect(await screen.findByText("The preview")).toBeTruthy();
    expect(written()).toEqual([{ ...nowhere, dry_run: false }]);
  });

  it("tell of thousands of companies a few at a time", async () => {
    warnings = Array.from({ length: 5000 }, (_, at) => `the changed filter: company ${at}`);
    const card = await open();
    await include("nowhere");

    expect(await card.findByText("The changed filter: company 4")).toBeTruthy();
    expect(card.queryByText("The changed filter: company 5")).toBeNull();
    expect(card.getByText(/and 4,995 more companies/)).toBeTruthy();
  });

  it("show what is wrong with a term at the term, and save nothing", async () => {
    const misfit = { loc: ["body", "place_filters", "include", 0], msg: "missing )" };
    put.mockRejectedValue(new ApiError("0: missing )", 422, null, [misfit]));
    const card = await open();
    await include("/(/");
    await userEvent.click(button("Save"));

    expect((await screen.findByRole("alert")).textContent).toMatch(/^Nothing was saved/);
    expect(await card.findByText("missing )")).toBeTruthy();
    expect(card.getByText("! Not taken")).toBeTruthy();
    expect(document.activeElement?.textContent).toBe("All companies");
    await userEvent.click(button("Remove /(/"));
    await waitFor(() => expect(card.queryByText("! Not taken")).toBeNull());
  });

  it("say that they were changed elsewhere before they take what stands here", async () => {
    const card = await open();
    await include("Zurich");
    held = { ...nowhere, updated_at: "2026-11-28T12:30:00.000Z" };

    await userEvent.click(button("Save"));

    expect((await screen.findByRole("alert")).textContent).toContain("changed elsewhere");
    expect(written()).toEqual([]);
    await userEvent.click(card.getByRole("button", { name: /^Undo/ }));
    expect(await card.findByRole("button", { name: "Filters: Every title, nowhere" })).toBeTruthy();
  });

  it("are not saved where the companies are refused, and say so where those alone were saved", async () => {
    await open();
    await include("Zurich");
    await userEvent.click(screen.getByRole("switch", { name: "Read acme" }));
    post.mockRejectedValueOnce(new ApiError("The disk is full.", 500));
    await userEvent.click(button("Save"));
    expect((await screen.findByRole("alert")).textContent).toBe(
      "Nothing was saved: The disk is full.",
    );
    expect(written()).toEqual([]);

    post.mockResolvedValue({ data: [{ ...acme, op: "upsert", success: true }] });
    put.mockResolvedValueOnce({ data: { ...none, updated_at: null, warnings: [] } });
    put.mockRejectedValueOnce(new ApiError("The disk is full.", 500));
    await userEvent.click(button("Save"));
    await screen.findByText(
      /^The companies are saved, the filters for all of them are not: The disk/,
    );
  });
});
