import { QueryClientProvider } from "@tanstack/react-query";
import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";

// The client takes its fetch when it is made.
const { assign, enterOnce, reload, settings } = vi.hoisted(() => {
  const enterOnce = vi.fn<() => Response>();
  const settings = vi.fn<() => Response>();
  const ids: Record<string, number> = { "Bearer ann": 1, "Bearer ann again": 1, "Bearer bob": 2 };
  globalThis.fetch = ((request: Request) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/auth/ways")
      return Promise.resolve(
        Response.json({ google_client_id: "client.example", password: true, local: false }),
      );
    if (pathname === "/auth/local") return Promise.resolve(enterOnce());
    if (pathname === "/api/ingestion/settings") return Promise.resolve(settings());
    const user_id = ids[request.headers.get("Authorization") ?? ""];
    return Promise.resolve(Response.json({ user_id }));
  }) as typeof fetch;
  return { assign: vi.fn(), enterOnce, reload: vi.fn(), settings };
});

const { keys, queryClient, useSettings } = await import("../api/queries");
const { beginSession, endSession, signOut } = await import("./session");
const { Gate } = await import("./gate");

beforeEach(() => {
  showAddress("");
  queryClient.clear();
  assign.mockClear();
  reload.mockClear();
  signOut();
  settings.mockImplementation(() => Response.json([]));
});

function Page() {
  return (
    <>
      <input aria-label="Draft" />
      <p>{useSettings().error?.message}</p>
    </>
  );
}

function showAddress(hash: string) {
  const place = { origin: "http://localhost", pathname: "/", search: "", hash };
  vi.stubGlobal("location", { ...place, assign, reload });
  window.dispatchEvent(new Event("hashchange"));
}

function show() {
  render(
    <QueryClientProvider client={queryClient}>
      <Gate>
        <Page />
      </Gate>
    </QueryClientProvider>,
  );
}

// Signed in as Ann, who typed something.
async function showTyped() {
  beginSession("ann");
  show();
  const draft = await screen.findByRole<HTMLInputElement>("textbox", { name: "Draft" });
  draft.value = "typed";
}
const draft = () => screen.queryByLabelText<HTMLInputElement>("Draft");

describe("a page whose session has ended", () => {
  it("waits behind the sign-in, and goes on for the same person as it was", async () => {
    await showTyped();

    act(() => endSession("ann", "The token has expired."));
    expect(await screen.findByLabelText("Password")).toBeTruthy();
    expect(draft()?.closest("[inert]")).not.toBeNull();
    act(() => beginSession("ann again"));
    expect(await screen.findByRole("textbox", { name: "Draft" })).toBeTruthy();

    expect(draft()?.value).toBe("typed");
    expect(draft()?.closest("[inert]")).toBeNull();
    expect(reload).not.toHaveBeenCalled();
  });

  it("asks again for what was refused meanwhile", async () => {
    await showTyped();
    const refusal = () => Response.json({ detail: "The token has expired." }, { status: 401 });
    settings.mockImplementation(refusal);
    act(() => void queryClient.invalidateQueries({ queryKey: keys.settings }));
    const said = await screen.findByText("The token has expired.");
    await screen.findByLabelText("Password");

    settings.mockImplementation(() => Response.json([]));
    act(() => beginSession("ann again"));

    await vi.waitFor(() => expect(said.textContent).toBe(""));
  });

  it("waits also while an address signs in over it", async () => {
    await showTyped();
    act(() => endSession("ann", "The token has expired."));
    enterOnce.mockReturnValueOnce(Response.json({ detail: "Used already." }, { status: 401 }));
    enterOnce.mockReturnValueOnce(Response.json({ access_token: "ann again" }));

    act(() => showAddress("#once=one"));
    expect(await screen.findByText("Used already.")).toBeTruthy();
    act(() => showAddress("#once=another"));
    expect(await screen.findByRole("textbox", { name: "Draft" })).toBeTruthy();

    expect(draft()?.value).toBe("typed");
  });

  it("is not left for Google, unless a person says so where no window opens", async () => {
    await showTyped();
    act(() => endSession("ann", "The token has expired."));
    vi.stubGlobal("open", () => null);

    await userEvent.click(await screen.findByRole("button", { name: "Continue with Google" }));
    expect(await screen.findByText("The browser did not open a window for Google.")).toBeTruthy();
    expect(assign).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole("button", { name: "Leave for Google" }));

    expect(assign).toHaveBeenCalledOnce();
  });

  it("goes on where the same person signs in within another window", async () => {
    await showTyped();
    act(() => endSession("ann", "The token has expired."));

    // As the browser tells a page of what another stored.
    localStorage.setItem("rolecall.token", "ann again");
    act(() => void window.dispatchEvent(new StorageEvent("storage", { key: "rolecall.token" })));

    expect(await screen.findByRole("textbox", { name: "Draft" })).toBeTruthy();
    expect(draft()?.value).toBe("typed");
  });

  it("is loaded anew for another person, with nothing of it shown", async () => {
    await showTyped();

    act(() => endSession("ann", "The token has expired."));
    act(() => beginSession("bob"));
    await vi.waitFor(() => expect(reload).toHaveBeenCalledOnce());

    expect(draft()).toBeNull();
  });
});

describe("signing out", () => {
  it("loads the page anew, so that no answer on its way comes to the next person", async () => {
    await showTyped();

    act(signOut);

    expect(reload).toHaveBeenCalledOnce();
    expect(draft()).toBeNull();
  });

  it("leaves nothing to load anew where nobody was let in", async () => {
    show();

    expect(await screen.findByLabelText("Password")).toBeTruthy();
    expect(reload).not.toHaveBeenCalled();
  });
});

describe("a window that was opened for the sign-in alone", () => {
  it("stays for as long as nobody is in, and closes then", async () => {
    const close = vi.fn();
    vi.stubGlobal("close", close);
    sessionStorage.setItem("rolecall.google.apart", "yes");
    enterOnce.mockReturnValueOnce(Response.json({ detail: "Used already." }, { status: 401 }));
    show();

    act(() => showAddress("#once=one"));
    expect(await screen.findByText("Used already.")).toBeTruthy();
    expect(close).not.toHaveBeenCalled();
    act(() => beginSession("ann"));

    expect(close).toHaveBeenCalledOnce();
  });
});
