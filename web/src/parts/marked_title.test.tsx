import { render } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { MarkedTitle } from "./marked_title";

const shown = (title: string, match: { begin: number; length: number } | null) => {
  const { container } = render(<MarkedTitle title={title} match={match} />);
  return { text: container.textContent, mark: container.querySelector("mark")?.textContent };
};

describe("a marked title", () => {
  it("marks what a rule fits", () => {
    expect(shown("Senior Intern", { begin: 7, length: 6 })).toEqual({
      text: "Senior Intern",
      mark: "Intern",
    });
  });

  it("counts characters beyond the basic plane once", () => {
    expect(shown("🚀🚀 Intern 🚀", { begin: 3, length: 6 })).toEqual({
      text: "🚀🚀 Intern 🚀",
      mark: "Intern",
    });
    expect(shown("𝒜bc", { begin: 0, length: 1 }).mark).toBe("𝒜");
  });

  it("marks nothing where nothing fits", () => {
    expect(shown("Intern", null).mark).toBeUndefined();
    expect(shown("Intern", { begin: 2, length: 0 }).mark).toBeUndefined();
  });

  it("shows markup as the text that it is", () => {
    expect(shown("<b>Intern</b>", { begin: 3, length: 6 }).text).toBe("<b>Intern</b>");
  });

  it("stays whole where the place lies beyond its end", () => {
    expect(shown("Cook", { begin: 2, length: 9 })).toEqual({ text: "Cook", mark: "ok" });
  });
});
