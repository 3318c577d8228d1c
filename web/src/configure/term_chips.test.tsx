import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";

import { TermChips } from "./term_chips";

function Field({ terms, ...rest }: { terms: string[] } & Partial<Parameters<typeof TermChips>[0]>) {
  const [kept, setKept] = useState<readonly string[]>(terms);
  return (
    <>
      <TermChips label="Exclude" {...rest} terms={kept} onChange={setKept} />
      <p data-testid="terms">{kept.join("|")}</p>
    </>
  );
}

const input = () => screen.getByRole("textbox", { name: "Exclude" });
const terms = () => screen.getByTestId("terms").textContent;

describe("chips", () => {
  it("are made by Enter, by commas and by leaving the field", async () => {
    render(<Field terms={[]} />);
    await userEvent.type(input(), "intern{Enter}cook, lead");
    expect(terms()).toBe("intern|cook");
    await userEvent.tab();
    expect(terms()).toBe("intern|cook|lead");
  });

  it("keep the commas of an expression", async () => {
    render(<Field terms={[]} />);
    await userEvent.type(input(), "/a{{1,2}/{Enter}");
    expect(terms()).toBe("/a{1,2}/");
  });

  it("are pasted together", async () => {
    render(<Field terms={["cook"]} />);
    await userEvent.click(input());
    await userEvent.paste("intern\nlead, /a,b/\r\n");
    expect(terms()).toBe("cook|intern|lead|/a,b/");
  });

  it("say which is there already, and keep it once", async () => {
    render(<Field terms={["Intern"]} />);
    await userEvent.type(input(), "intern{Enter}");
    expect(terms()).toBe("Intern");
    expect(screen.getByRole("status").textContent).toContain("“intern” is there already");
  });

  it("go one by one with Backspace in an empty field, but not while it is held down", async () => {
    render(<Field terms={["cook", "lead"]} />);
    await userEvent.type(input(), "a{Backspace>3/}");
    expect(terms()).toBe("cook|lead");
    await userEvent.keyboard("{Backspace}");
    expect(terms()).toBe("cook");
  });

  it("are reached by arrow keys, and leave the focus to the next one", async () => {
    render(<Field terms={["cook", "lead"]} />);
    await userEvent.click(input());
    await userEvent.keyboard("{ArrowLeft}{ArrowLeft}{Delete}");
    expect(terms()).toBe("lead");
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Remove lead" }));
    await userEvent.keyboard("{Backspace}");
    expect(document.activeElement).toBe(input());
  });

  it("tell how many titles they take away, and show them", async () => {
    const show = vi.fn();
    const counts = new Map([
      ["cook", 3],
      ["lead", 0],
    ]);
    render(<Field terms={["cook", "lead"]} counts={counts} onShow={show} />);
    await userEvent.click(
      screen.getByRole("button", { name: "3 titles taken away by cook: show" }),
    );
    expect(show).toHaveBeenCalledWith("cook");
    expect(screen.queryByRole("button", { name: /taken away by lead/ })).toBeNull();
  });

  it("carry what the server finds wrong with them", () => {
    render(<Field terms={["/a(/"]} problems={new Map([["/a(/", "missing )"]])} />);
    const remover = screen.getByRole("button", { name: "Remove /a(/" });
    expect(remover.getAttribute("aria-describedby")).toBe(screen.getByText("missing )").id);
  });
});
