import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";

import { PageFrame } from "./page_frame";

const heading = () => screen.getByRole("heading");

function open(path: string, key: string) {
  history.replaceState(null, "", path);
  return (
    <>
      <button>Menu</button>
      <PageFrame key={key} title="Page">
        Content
      </PageFrame>
    </>
  );
}

test("the heading takes the focus when a person comes from another page, and leaves it where it is else", () => {
  const { rerender } = render(open("/configure", "waiting"));
  expect(document.activeElement).toBe(document.body);

  screen.getByText("Menu").focus();
  rerender(open("/configure", "filled"));
  expect(document.activeElement).toBe(screen.getByText("Menu"));

  rerender(open("/preview", "waiting"));
  expect(document.activeElement).toBe(heading());
  rerender(open("/preview", "filled"));
  expect(document.activeElement).toBe(heading());

  rerender(open("/configure", "waiting again"));
  screen.getByText("Menu").focus();
  rerender(open("/configure", "filled again"));
  expect(document.activeElement).toBe(screen.getByText("Menu"));
});
