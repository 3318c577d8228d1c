import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { ApiError } from "../api/errors";
import { AddCompany } from "./add_company";
import type { CheckedBoard } from "./follow_board";
import type { KnownCompany } from "./use_directory";

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
let known: KnownCompany[];

function board(token: string, some: Partial<CheckedBoard> = {}): CheckedBoard {
  const cook = { id: "1", title: "Cook", location: "Rome", url: "https://boards.example/1" };
  const names = { name: token, display_name: token.toUpperCase() };
  const counts = { own_name: null, found_on: null, sample: [cook], total_count: 1234 };
  return { ...names, board: "lever", token, ...counts, checked: true, ...some };
}

function knownBoard(token: string, some: Partial<KnownCompany> = {}): KnownCompany {
  const names = { name: token, display_name: token, logo_url: "/logo" };
  return { ...names, board: "lever", token, well_known: true, confirmed: true, ...some };
}

beforeEach(() => {
  sent = [];
  known = [];
  answer = ({ token, url }) => board(token ?? url?.split("/").at(-1) ?? "");
  get.mockReset();
  get.mockImplementation((path: string) =>
    Promise.resolve({
      data: path.endsWith("/kinds")
        ? [{ kind: "lever", title: "Lever", token_hint: "its name" }]
        : known,
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
    expect((await screen.findByRole("alert")).textContent).toContain(
      "Nothing shows that there is such a board",
    );
    expect(screen.queryByText(/Only its address speaks for it/)).toBeNull();
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
    expect(field().getAttribute("aria-invalid")).toBe("true");
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

describe("a name in that dialog", () => {
  it("is looked up, and what is chosen is shown before it is followed", async () => {
    known = [
      knownBoard("stripe", { display_name: "Stripe" }),
      knownBoard("strype", { well_known: false, confirmed: false }),
    ];
    open();
    await userEvent.click(field());
    await userEvent.keyboard("Strpie");
    const list = await screen.findByRole("list", { name: "Known companies" });
    expect(get.mock.calls.filter(([path]) => String(path).endsWith("directory"))).toHaveLength(1);
    const told = within(list)
      .getAllByRole("button")
      .map(({ textContent }) => textContent);
    expect(told).toEqual([
      "StripeLever · stripewell known",
      "strypeLever · strypea guessunconfirmed",
    ]);

    await userEvent.keyboard("{ArrowDown}{ArrowDown}{Enter}");
    await screen.findByText(/is a guess by its token/);
    expect(sent).toEqual([{ kind: "lever", token: "strype", dry_run: true }]);
    await press("Choose another");
    await userEvent.click(await screen.findByRole("button", { name: /^Stripe/ }));
    await screen.findByRole("button", { name: "Follow" });
    expect(sent.at(-1)).toEqual({ kind: "lever", token: "stripe", name: "Stripe", dry_run: true });
    expect(screen.queryByText(/is a guess/)).toBeNull();
  });

  it("may be one that the page was searched for", async () => {
    known = [knownBoard("stripe")];
    open("Strpie");
    expect(await screen.findByRole("button", { name: /^stripe/ })).toBeTruthy();
  });

  it("says where nothing is called so", async () => {
    open();
    await userEvent.click(field());
    await userEvent.keyboard("Xqz");
    expect(await screen.findByText(/Nothing of that name is known here/)).toBeTruthy();
    await userEvent.clear(field());
    await userEvent.type(field(), "!!");
    expect(screen.getByText(/Nothing of that name is known here/)).toBeTruthy();
  });
});

describe("a list in that dialog", () => {
  it("is read line by line, and what is ticked of it is followed", async () => {
    known = [knownBoard("stripe", { display_name: "Stripe" })];
    answer = ({ url, token, dry_run }) => {
      if (token === "bolt" && dry_run !== true) throw new ApiError("bolt is taken", 409);
      return board(token ?? url?.split("/").at(-1) ?? "");
    };
    const { onFollowed } = open();
    await paste("jobs.lever.co/acme\njobs.lever.co/bolt\nSTRIPE\nNobody\n");
    await press("Look at 4 lines");
    expect(await screen.findByText("3 of 4 lines can be followed.")).toBeTruthy();
    expect(screen.getByText(/no well-known company is called so/)).toBeTruthy();
    await userEvent.click(screen.getByRole("checkbox", { name: "Follow ACME" }));

    await press("Follow 2 companies");

    expect(
      await screen.findByText("3 of 4 lines can be followed, and 1 is followed now."),
    ).toBeTruthy();
    expect(screen.getByText("Bolt is taken")).toBeTruthy();
    expect(document.activeElement?.getAttribute("aria-label")).toBe("The lines of the list");
    expect(onFollowed).toHaveBeenCalledExactlyOnceWith([board("stripe")], "stay");
    await press("Change the list");
    expect(field()).toHaveProperty("value", "jobs.lever.co/acme\njobs.lever.co/bolt\nNobody");
  });

  it("is too long for the page beyond 50 lines", async () => {
    open();
    await paste(Array.from({ length: 51 }, (_, at) => `jobs.lever.co/c${at}`).join("\n"));
    expect(screen.getByText(/rolecall companies import FILE/)).toBeTruthy();
    expect(button("Look at 51 lines")).toHaveProperty("disabled", true);
  });
});

describe("the way by kind and token", () => {
  it("is there for whoever knows them", async () => {
    open();
    await press("By kind and token");
    await userEvent.type(await screen.findByLabelText("Its token there"), "acme{Enter}");
    await screen.findByRole("button", { name: "Follow" });
    expect(sent).toEqual([{ kind: "lever", token: "acme", dry_run: true }]);
  });
});
