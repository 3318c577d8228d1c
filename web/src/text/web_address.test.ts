import { expect, it } from "vitest";

import { webAddress } from "./web_address";

it("takes addresses of the web, and nothing that runs in the page", () => {
  expect(webAddress("https://acme.example/jobs")).toBe("https://acme.example/jobs");
  expect(webAddress("http://acme.example")).toBe("http://acme.example/");
  expect(webAddress("javascript:alert(1)")).toBeNull();
  expect(webAddress("data:text/html,x")).toBeNull();
  expect(webAddress("/jobs")).toBeNull();
  expect(webAddress(null)).toBeNull();
});
