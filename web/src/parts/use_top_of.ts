// Where an element begins in the document, kept up while what stands above it grows and shrinks.
import { type RefObject, useLayoutEffect, useState } from "react";

export function useTopOf(element: RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const look = () => {
      const box = element.current?.getBoundingClientRect();
      if (box !== undefined) setTop(Math.round(box.top + window.scrollY));
    };
    look();
    const seen = new ResizeObserver(look);
    seen.observe(document.body);
    return () => seen.disconnect();
  }, [element]);
  return top;
}
