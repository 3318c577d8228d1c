import { expect, it } from "vitest";

import { webAddress } from "./web_address";

it("leads to the web alone", () => {
  expect(webAddress("https://boards.example/jobs/1")).toBe("https://boards.example/jobs/1");
  for (const other of ["javascript:alert(1)", "data:text/html,x", "/jobs/1", ""])
    expect(webAddress(other)).toBeNull();
});
