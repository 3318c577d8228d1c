import { render } from "@testing-library/react";
import { useState } from "react";
import { beforeEach, describe, expect, it } from "vitest";

import { switchKeys, useKeys } from "./keys";

const told: number[] = [];

function Counting() {
  const [count, setCount] = useState(0);
  useKeys({ j: () => setCount(count + 1), o: () => told.push(count) });
  return <input aria-label="typed" />;
}

function press(key: string, more: KeyboardEventInit = {}, target: Element = document.body) {
  target.dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }),
  );
}

beforeEach(() => {
  told.length = 0;
  switchKeys(true);
});

describe("keys", () => {
  it("find what the one before did, however soon they come", () => {
    render(<Counting />);
    for (const key of ["j", "j", "o"]) press(key);

    expect(told).toEqual([2]);
  });

  it("do nothing while something is typed, with others held, or where they are off", () => {
    render(<Counting />);
    press("o", {}, document.querySelector("input") ?? document.body);
    press("o", { ctrlKey: true });
    switchKeys(false);
    press("o");

    expect(told).toEqual([]);
  });
});
