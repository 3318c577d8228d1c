import { render, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { Count, Counts } from "./counts";

describe("counts", () => {
  it("are each told under their word, large ones in groups of digits", () => {
    render(
      <Counts>
        <Count word="jobs" value={1143} />
        <Count word="companies settled" value="2 of 3" />
      </Counts>,
    );

    expect(screen.getAllByRole("term").map((one) => one.textContent)).toEqual([
      "jobs",
      "companies settled",
    ]);
    expect(screen.getAllByRole("definition").map((one) => one.textContent)).toEqual([
      "1,143",
      "2 of 3",
    ]);
  });

  it("say what they mean to whoever asks", () => {
    render(
      <Counts>
        <Count word="ready" value={0} meaning="New or changed" />
      </Counts>,
    );

    expect(screen.getByTitle("New or changed").textContent).toBe("ready0");
  });
});
