import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { LogNews, tellNews } from "./log_news";
import { LogNewsCounts } from "./log_news_counts";

let news: LogNewsCounts;
const add = (lines: number) => {
  for (let at = 0; at < lines; at += 1) news.add("info");
};
const show = () => render(<LogNews news={news} />);
const told = () => screen.getByRole("status").textContent;
const pass = (ms: number) => act(() => void vi.advanceTimersByTime(ms));

beforeEach(() => {
  localStorage.clear();
  news = new LogNewsCounts();
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

describe("the news of a log", () => {
  it("name warnings and errors where there are some", () => {
    expect(tellNews({ info: 1, warning: 0, error: 0 })).toBe("1 new line");
    expect(tellNews({ info: 1, warning: 1, error: 2 })).toBe("4 new lines, 1 warning, 2 errors");
  });

  it("come every ten seconds at most, for all lines since the last", () => {
    show();
    add(3);
    expect(told()).toBe("");
    pass(9_999);
    expect(told()).toBe("");
    pass(1);
    expect(told()).toBe("3 new lines");

    add(5);
    pass(9_999);
    expect(told()).toBe("3 new lines");
    pass(1);
    expect(told()).toBe("5 new lines");
  });

  it("are told anew where the words are the same", () => {
    show();
    add(3);
    pass(10_000);
    const before = screen.getByRole("status").firstChild;

    add(3);
    pass(10_000);

    expect(told()).toBe("3 new lines");
    expect(screen.getByRole("status").firstChild).not.toBe(before);
  });

  it("say nothing again where nothing came", () => {
    show();
    add(3);
    pass(10_000);
    const before = screen.getByRole("status").firstChild;
    pass(30_000);

    expect(screen.getByRole("status").firstChild).toBe(before);
  });

  it("can be switched off, stay so, and leave out what came meanwhile", () => {
    const { unmount } = show();
    add(3);
    pass(10_000);
    fireEvent.click(screen.getByRole("checkbox"));
    expect(told()).toBe("");
    add(17);
    pass(30_000);
    expect(told()).toBe("");

    unmount();
    show();
    expect(screen.getByRole<HTMLInputElement>("checkbox").checked).toBe(false);
    fireEvent.click(screen.getByRole("checkbox"));
    pass(10_000);
    expect(told()).toBe("");
  });
});
