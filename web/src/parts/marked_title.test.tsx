import { render } from "@testing-library/react";
import { expect, it } from "vitest";

import { MarkedTitle } from "./marked_title";

it("marks by code points, so that a letter beyond the first plane counts once", () => {
  const { container } = render(<MarkedTitle title="🚀 Intern" match={{ begin: 2, length: 6 }} />);

  expect(container.innerHTML).toBe("🚀 <mark>Intern</mark>");
});

it("marks nothing where no place is known", () => {
  const { container } = render(<MarkedTitle title="<b>Cook</b>" match={null} />);

  expect(container.textContent).toBe("<b>Cook</b>");
});
