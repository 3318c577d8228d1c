import { render, screen, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";

import { giveSizes } from "../testing/sizes";
import { BoxedList } from "./boxed_list";

beforeEach(giveSizes);

const many = (count: number) => Array.from({ length: count }, (_, at) => ({ id: at + 1 }));

function show(count: number) {
  render(
    <BoxedList label="Jobs" items={many(count)}>
      {({ id }) => `job ${id}`}
    </BoxedList>,
  );
  const box = screen.getByRole("group", { name: "Jobs" });
  return { box, rows: within(box).getAllByRole("listitem") };
}

describe("a list in a box", () => {
  it("draws a short one whole", () => {
    expect(show(60).rows).toHaveLength(60);
  });

  it("draws what is in sight of a long one, and says which of how many it is", () => {
    const { rows } = show(5000);

    expect(rows.length).toBeLessThan(60);
    expect(rows[9]?.textContent).toBe("job 10");
    expect(rows[9]?.getAttribute("aria-posinset")).toBe("10");
    expect(rows[9]?.getAttribute("aria-setsize")).toBe("5000");
  });

  it.each([1, 5000])("is reached by keys, which scroll it, with %i in it", (count) => {
    expect(show(count).box.tabIndex).toBe(0);
  });
});
