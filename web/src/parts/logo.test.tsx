import { render } from "@testing-library/react";
import { expect, it } from "vitest";

import { Logo } from "./logo";

function shown(url: string) {
  const { container } = render(<Logo url={url} name="Zoë & Co/1" />);
  return container.querySelector("img")?.getAttribute("src");
}

it.each([`${window.location.origin}/logo/Zo.svg`, "/rolecall/logo/Zo.svg"])(
  "shows a picture of this server, as %s",
  (url) => {
    expect(shown(url)).toBe(url);
  },
);

it.each([
  "https://lh3.googleusercontent.com/a/x",
  "//elsewhere.example/x.png",
  "data:image/png;base64,iVBORw0KGgo=",
  "https://",
])("asks nobody else for one, as %s, and shows a letter", (url) => {
  expect(shown(url)).toBe("/logo/Zo%C3%AB%20%26%20Co%2F1.svg");
});
