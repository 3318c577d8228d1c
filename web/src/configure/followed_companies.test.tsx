import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { giveSizes } from "../testing/sizes";
import { newChoice } from "./draft";
import { FollowedCompanies } from "./followed_companies";
import type { ShownCompany } from "./shown_company";
import type { Draft } from "./use_draft";
import { useOpenCards } from "./use_open_cards";

beforeEach(() => {
  giveSizes();
  Element.prototype.scrollIntoView = vi.fn();
  window.scrollTo = () => undefined;
});

const queries = new QueryClient();

function companyOf(number: number): ShownCompany {
  const name = `company-${number}`;
  return { name, title: name, logo: null, board: null, careers: null, health: null, found: name };
}

function Followed({ count }: { count: number }) {
  const companies = Array.from({ length: count }, (_, at) => companyOf(at + 1));
  const saved = new Map(companies.map(({ name }) => [name, newChoice]));
  const cards = useOpenCards();
  return (
    <QueryClientProvider client={queries}>
      <button type="button" onClick={() => cards.focusOn("company-400")}>
        Lead there
      </button>
      <FollowedCompanies
        companies={companies}
        draft={{ saved, edits: new Map(), misfits: new Map() } as unknown as Draft}
        cards={cards}
        kindTitleOf={() => null}
        onEdit={() => undefined}
        onUndo={() => undefined}
      />
    </QueryClientProvider>
  );
}

const shown = () => screen.getAllByRole("article").map((one) => one.getAttribute("aria-label"));

function scrollTo(y: number) {
  act(() => {
    Object.defineProperty(window, "scrollY", { value: y, configurable: true });
    window.dispatchEvent(new Event("scroll"));
  });
}

describe("followed companies", () => {
  it("are all in the document where they are few", () => {
    render(<Followed count={60} />);

    expect(shown()).toHaveLength(60);
  });

  it("are drawn by what is in sight where they are many", () => {
    render(<Followed count={5000} />);

    expect(shown()[0]).toBe("company-1");
    expect(shown().length).toBeLessThan(60);
    scrollTo(20_000);
    expect(shown()).not.toContain("company-1");
    expect(shown().length).toBeLessThan(60);
    scrollTo(0);
  });

  it("stay while a person is at work on them, wherever else the page is scrolled to", async () => {
    render(<Followed count={5000} />);
    const [first, second] = screen.getAllByRole("button", { name: /^Filters/ });
    await userEvent.click(first ?? document.body);
    // Opened, closed, and left with the focus.
    await userEvent.click(second ?? document.body);
    await userEvent.click(second ?? document.body);
    scrollTo(20_000);

    expect(shown()).toEqual(expect.arrayContaining(["company-1", "company-2"]));
    expect(shown()).not.toContain("company-3");
    scrollTo(0);
  });

  it("are led to though they were out of sight", async () => {
    render(<Followed count={5000} />);
    expect(shown()).not.toContain("company-400");
    await userEvent.click(screen.getByRole("button", { name: "Lead there" }));

    expect(document.activeElement?.textContent).toContain("company-400");
  });
});
