import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";

import { Button } from "./button";

describe("a button that is at work", () => {
  it("keeps the focus, says so, and does nothing", async () => {
    const pressed = vi.fn();
    const { rerender } = render(<Button onClick={pressed}>Keep</Button>);
    await userEvent.click(screen.getByRole("button", { name: "Keep" }));

    rerender(
      <Button busy onClick={pressed}>
        Keep
      </Button>,
    );
    const button = screen.getByRole("button", { name: "Keep" });
    await userEvent.keyboard("{Enter}");

    expect(button).toBe(document.activeElement);
    expect(button.getAttribute("aria-disabled")).toBe("true");
    expect(pressed).toHaveBeenCalledOnce();
  });

  it("sends no form", async () => {
    const sent = vi.fn((event: React.SyntheticEvent) => event.preventDefault());
    render(
      <form onSubmit={sent}>
        <input aria-label="Name" />
        <Button type="submit" busy>
          Save
        </Button>
      </form>,
    );

    await userEvent.type(screen.getByLabelText("Name"), "acme{Enter}");
    await userEvent.click(screen.getByRole("button", { name: "Save" }));

    expect(sent).not.toHaveBeenCalled();
  });
});
