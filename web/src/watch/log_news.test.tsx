import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { LogNews, tellNews } from "./log_news";
import type { LogLevel, LogLine } from "./run_log";

const line = (id: number, level: LogLevel = "info"): LogLine => ({
  id,
  at: id,
  level,
  prefix: "",
  text: "so",
});

describe("the news of a log", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    localStorage.clear();
  });
  afterEach(() => vi.useRealTimers());
  function pass(time: number) {
    act(() => {
      vi.advanceTimersByTime(time);
    });
  }

  it("count what came, and what of it is trouble", () => {
    expect(tellNews([line(1)])).toBe("1 new line");
    expect(tellNews([line(1), line(2, "error"), line(3, "warning")])).toBe(
      "3 new lines, 1 warning, 1 error",
    );
  });

  it("are told at most every ten seconds, and each line once", () => {
    const lines = [line(1), line(2)];
    const { rerender } = render(<LogNews lines={lines} />);
    expect(screen.getByRole("status").textContent).toBe("");
    pass(10_000);
    expect(screen.getByRole("status").textContent).toBe("2 new lines");

    rerender(<LogNews lines={[...lines, line(3, "error")]} />);
    pass(9_000);
    expect(screen.getByRole("status").textContent).toBe("2 new lines");
    pass(1_000);
    expect(screen.getByRole("status").textContent).toBe("1 new line, 1 error");
  });

  it("are switched off, and stay so", () => {
    const shown = render(<LogNews lines={[line(1)]} />);
    fireEvent.click(screen.getByRole("checkbox"));
    pass(20_000);
    expect(screen.getByRole("status").textContent).toBe("");

    shown.unmount();
    render(<LogNews lines={[line(1)]} />);
    expect(screen.getByRole<HTMLInputElement>("checkbox").checked).toBe(false);
  });
});
