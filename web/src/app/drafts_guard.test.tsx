import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { createMemoryRouter, RouterProvider } from "react-router-dom";
import { expect, it, vi } from "vitest";

import { keys } from "../api/queries";
import { draftsKey } from "../preview/drafts";
import { sampleSetting } from "../preview/samples";
import { Shell } from "./shell";

vi.mock("../api/client", async (original) => ({
  ...(await original<object>()),
  api: { GET: () => new Promise(() => undefined) },
}));

function isAskedOnClosing(): boolean {
  const closing = new Event("beforeunload", { cancelable: true });
  window.dispatchEvent(closing);
  return closing.defaultPrevented;
}

it("asks on every page before filters that are not saved are lost", async () => {
  window.scrollTo = () => undefined;
  const queries = new QueryClient();
  queries.setQueryData(keys.settings, [sampleSetting("acme")]);
  queries.setQueryData(draftsKey, { acme: { include: [], exclude: ["cook"] } });
  const routes = [{ element: <Shell />, children: [{ path: "*", element: <p>A page</p> }] }];
  render(
    <QueryClientProvider client={queries}>
      <RouterProvider router={createMemoryRouter(routes, { initialEntries: ["/summary"] })} />
    </QueryClientProvider>,
  );
  await screen.findByText("A page");

  expect(isAskedOnClosing()).toBe(true);
  queries.setQueryData(draftsKey, {});
  await vi.waitFor(() => expect(isAskedOnClosing()).toBe(false));
});
