import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { ApiError } from "../api/errors";
import { AddCompany } from "./add_company";
import type { CheckedBoard } from "./follow_board";

const { get, post } = vi.hoisted(() => ({ get: vi.fn(), post: vi.fn() }));
vi.mock("../api/client", async (original) => ({
  ...(await original<object>()),
  api: { GET: get, POST: post },
}));

interface Sent {
  url?: string;
  token?: string;
  name?: string;
  dry_run?: boolean;
  confirm?: boolean;
}

let sent: Sent[];
let answer: (body: Sent) => CheckedBoard;

function board(token: string, some: Partial<CheckedBoard> = {}): CheckedBoard {
  const cook = { id: "1", title: "Cook", location: "Rome", url: "https://boards.example/1" };
  const names = { name: token, display_name: token.toUpperCase() };
  const counts = { sample: [cook], total_count: 1234 };
  return { ...names, board: "lever", token, ...counts, checked: true, ...some };
}

beforeEach(() => {
  sent = [];
  answer = ({ token, url }) => board(token ?? url?.split("/").at(-1) ?? "");
  get.mockReset();
  get.mockImplementation((path: string) =>
    Promise.resolve({
      data: path.endsWith("/kinds")
        ? [{ kind: "lever", title: "Lever", token_hint: "its name" }]
        : [],
    }),
  );
  post.mockReset();
  post.mockImplementation((_path: string, { body }: { body: Sent }) => {
    sent.push(body);
    return new Promise((resolve) => resolve({ data: answer(body) }));
  });
});

function open(written = "") {
  const onFollowed = vi.fn();
  const onClose = vi.fn();
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <QueryClientProvider client={client}>
      <AddCompany written={written} onClose={onClose} onFollowed={onFollowed} />
    </QueryClientProvider>,
  );
  return { onFollowed, onClose };
}

const field = () => screen.getByLabelText("Address of its careers page, or its name");
const button = (name: string | RegExp) => screen.getByRole("button", { name });
const press = (name: string | RegExp) => userEvent.click(button(name));
async function paste(text: string) {
  await userEvent.click(field());
  await userEvent.paste(text);
}

describe("the dialog that adds a company", () => {
  it("begins in its field, and follows what it showed of an address", async () => {
    const { onFollowed } = open();
    expect(document.activeElement).toBe(field());

    await userEvent.keyboard("jobs.lever.co/acme{Enter}");
    const found = await screen.findByRole("status", { name: "What was found" });
    expect(found.textContent).toContain("ACME1,234 jobsLever · acmeCookRome");
    expect(document.activeElement).toBe(button("Follow"));
    await userEvent.keyboard("{Enter}");

    await waitFor(() =>
      expect(onFollowed).toHaveBeenCalledExactlyOnceWith([board("acme")], "close"),
    );
    expect(sent).toEqual([
      { url: "jobs.lever.co/acme", dry_run: true },
      { kind: "lever", token: "acme", name: "acme", display_name: "ACME" },
    ]);
  });

  it("follows by the name that is written over the board's own", async () => {
    open();
    await paste("jobs.lever.co/acme");
    await press("Check");
    const name = await screen.findByLabelText("Name here (optional)");
    expect(name).toHaveProperty("value", "ACME");

    await userEvent.clear(name);
    await userEvent.type(name, "Crusoe{Enter}");

    expect(sent.at(-1)).toEqual({ kind: "lever", token: "acme", name: "Crusoe" });
  });

  it("shows a board that cannot be read, and does not follow it", async () => {
    answer = () => board("acme", { checked: false, trouble: "HTTP 403: no", sample: [] });
    open();
    await paste("jobs.lever.co/acme");
    await press("Check");
    expect(await screen.findByText("HTTP 403: no")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Follow" })).toBeNull();
  });

  it("follows a guess by a second word alone", async () => {
    answer = ({ dry_run, confirm }) => {
      const guess = board("acme", { checked: false, sample: [], total_count: 0 });
      if (dry_run === true || confirm === true) return guess;
      throw new ApiError("It lists nothing.", 409, null, [], { ...guess, detail: "…" });
    };
    const { onFollowed } = open();
    await paste("jobs.lever.co/acme");
    await press("Check");
    await screen.findByText(/Only its address speaks for it/);
    await press("Follow");
    expect((await screen.findByRole("alert")).textContent).toContain("It lists nothing.");
    expect(onFollowed).not.toHaveBeenCalled();
    await press("Follow anyway");
    await waitFor(() => expect(onFollowed).toHaveBeenCalledOnce());
    expect(sent.map(({ confirm }) => confirm)).toEqual([undefined, undefined, true]);
  });

  it("says at the field why an address leads nowhere", async () => {
    const misfit = { loc: ["body", "url"], msg: "no board is named there" };
    answer = () => {
      throw new ApiError("url: …", 422, null, [misfit]);
    };
    open();
    await paste("acme.com");
    await press("Check");
    await screen.findByText(/no board is named there/);
    expect(field().ariaInvalid ?? field().getAttribute("aria-invalid")).toBe("true");
    expect(document.activeElement).toBe(field());
  });

  it("asks for another name where that is taken", async () => {
    answer = ({ name }) => {
      if (name !== undefined) return board("acme");
      throw new ApiError("acme is on another board already.", 409, null, [], { detail: "…" });
    };
    open();
    await paste("jobs.lever.co/acme");
    await press("Check");
    expect(await screen.findByText("Acme is on another board already.")).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByLabelText("Name here (optional)"));
    await userEvent.keyboard("Other{Enter}");
    await screen.findByRole("button", { name: "Follow" });
    expect(sent.at(-1)).toEqual({ url: "jobs.lever.co/acme", name: "Other", dry_run: true });
  });
});
