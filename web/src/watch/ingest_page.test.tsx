import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router-dom";
import { beforeEach, describe, expect, it, vi } from "vitest";

import type { Run } from "../api/queries";
import { companyOfRun, runOf } from "../testing/runs";
import { IngestPage } from "./ingest_page";

// The client takes its fetch when it is made.
const ask = vi.hoisted(() => {
  const fake = vi.fn<(request: Request | string) => Promise<Response>>();
  globalThis.fetch = fake as unknown as typeof fetch;
  return fake;
});

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const waiting = () =>
  runOf([companyOfRun("acme", { status: "waiting" })], {
    status: "pending",
    created_at: minutesAgo(50),
    started_at: null,
    finished_at: null,
  });

let run: Run;
let tell: (status: Run["status"]) => void; // to the stream of the progress

beforeEach(() => {
  run = waiting();
  const progress = new ReadableStream<Uint8Array>({
    start: (stream) => {
      tell = (status) =>
        stream.enqueue(new TextEncoder().encode(`event: status\ndata: ${status}\n\n`));
    },
  });
  ask.mockImplementation((request) => {
    if (typeof request === "string")
      return Promise.resolve(new Response(request.includes("/progress/") ? progress : null));
    const { pathname } = new URL(request.url);
    if (pathname === "/api/ingestion/runs/12") return Promise.resolve(Response.json(run));
    return Promise.resolve(Response.json([]));
  });
});

function show() {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MemoryRouter initialEntries={["/ingest/12"]}>
        <IngestPage run={12} />
      </MemoryRouter>
    </QueryClientProvider>,
  );
}

describe("the page of a run at work", () => {
  it("counts no time of a run that waits for a worker, and says since when it does", async () => {
    show();

    expect(await screen.findByText("Waiting for a worker")).toBeTruthy();
    expect(screen.getByText(/^Queued/).textContent).toBe("Queued 50 minutes ago");
    expect(screen.queryByText(/^\d+:\d\d$/)).toBeNull();
  });

  it("tells the time since it started, which is asked for once the stream tells of it", async () => {
    show();
    await screen.findByText("Waiting for a worker");

    run = { ...run, status: "initializing", started_at: minutesAgo(3) };
    tell("initializing");

    expect(await screen.findByText(/^3:0\d$/)).toBeTruthy();
  });
});
