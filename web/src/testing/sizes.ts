// Sizes for a document in which nothing has one: lists that are drawn by what is seen of them are drawn by these.
import { vi } from "vitest";

// Until the test ends: a box of 320 pixels, and rows of 32.
export function giveSizes() {
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(320);
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(32);
}
