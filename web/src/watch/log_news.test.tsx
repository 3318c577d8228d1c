import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { LogNews, tellNews } from "./log_news";
import { type LogLevel, lineOf, type LogLine } from "./run_log";

const line = (id: number, level: LogLevel = "info"): LogLine =>
  lineOf({ id, timestamp: id, level, message: "x" });
const lines = (count: number) => Array.from({ length: count }, (_, at) => line(at + 1));
const told = () => screen.getByRole("status").textContent;
const pass = (ms: number) => act(() => void vi.advanceTimersByTime(ms));

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

describe("the news of a log", () => {
  it("name warnings and errors where there are some", () => {
    expect(tellNews([line(1)])).toBe("1 new line");
    expect(tellNews([line(1), line(2, "warning"), line(3, "error"), line(4, "error")])).toBe(
      "4 new lines, 1 warning, 2 errors",
    );
  });

  it("come every ten seconds at most, for all lines since the last", () => {
    const { rerender } = render(<LogNews lines={lines(3)} />);
    expect(told()).toBe("");
    pass(9_999);
    expect(told()).toBe("");
    pass(1);
    expect(told()).toBe("3 new lines");

    rerender(<LogNews lines={lines(8)} />);
    pass(9_999);
    expect(told()).toBe("3 new lines");
    pass(1);
    expect(told()).toBe("5 new lines");
  });

  it("are told anew where the words are the same", () => {
    const { rerender } = render(<LogNews lines={lines(3)} />);
    pass(10_000);
    const before = screen.getByRole("status").firstChild;

    rerender(<LogNews lines={lines(6)} />);
    pass(10_000);

    expect(told()).toBe("3 new lines");
    expect(screen.getByRole("status").firstChild).not.toBe(before);
  });

  it("say nothing again where nothing came", () => {
    render(<LogNews lines={lines(3)} />);
    pass(10_000);
    const before = screen.getByRole("status").firstChild;
    pass(30_000);

    expect(screen.getByRole("status").firstChild).toBe(before);
  });

  it("can be switched off, stay so, and leave out what came meanwhile", () => {
    const { rerender, unmount } = render(<LogNews lines={lines(3)} />);
    pass(10_000);
    fireEvent.click(screen.getByRole("checkbox"));
    expect(told()).toBe("");
    rerender(<LogNews lines={lines(20)} />);
    pass(30_000);
    expect(told()).toBe("");

    unmount();
    render(<LogNews lines={lines(20)} />);
    expect(screen.getByRole<HTMLInputElement>("checkbox").checked).toBe(false);
    fireEvent.click(screen.getByRole("checkbox"));
    pass(10_000);
    expect(told()).toBe("");
  });
});
