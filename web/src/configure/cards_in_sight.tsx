// Many cards, in rows: only those in sight are in the document, and those that a person is at work on.
import { defaultRangeExtractor, type Range, useWindowVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, type RefObject, useLayoutEffect, useRef, useState } from "react";

import { useTopOf } from "../parts/use_top_of";
import styles from "./followed_companies.module.css";

interface CardsInSightProps<T> {
  items: readonly T[];
  held: ReadonlySet<string>; // those that stay, wherever they are, by their names
  children: (item: T) => ReactNode;
}

// As followed_companies.module.css has them.
const leastWidth = 23; // rem
const gap = 0.75; // rem

export function CardsInSight<T extends { name: string }>(props: CardsInSightProps<T>) {
  const { items, held, children } = props;
  const list = useRef<HTMLDivElement>(null);
  const top = useTopOf(list);
  const { columns, rem } = useColumns(list);
  const [here, setHere] = useState(""); // the card that has the focus
  const stays = (range: Range) => {
    const drawn = new Set(defaultRangeExtractor(range));
    items.forEach(({ name }, index) => {
      if (name === here || held.has(name)) drawn.add(Math.floor(index / columns));
    });
    return [...drawn].sort((a, b) => a - b);
  };
  const rows = useWindowVirtualizer({
    count: Math.ceil(items.length / columns),
    gap: gap * rem,
    estimateSize: () => 8 * rem,
    overscan: 3,
    scrollMargin: top,
    rangeExtractor: stays,
    getItemKey: (index) => items[index * columns]?.name ?? index,
  });
  return (
    <div ref={list} role="list" className={styles.many} style={{ height: rows.getTotalSize() }}>
      {rows.getVirtualItems().map(({ key, index, start }) => (
        <div
          key={key}
          ref={rows.measureElement}
          data-index={index}
          role="presentation"
          className={styles.row}
          style={{
            transform: `translateY(${start - top}px)`,
            gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
          }}
        >
          {items.slice(index * columns, (index + 1) * columns).map((item, place) => (
            <div
              key={item.name}
              role="listitem"
              aria-posinset={index * columns + place + 1}
              aria-setsize={items.length}
              onFocus={() => setHere(item.name)}
            >
              {children(item)}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

// How many cards stand side by side, as a grid would have them.
function useColumns(list: RefObject<HTMLElement | null>) {
  const [columns, setColumns] = useState({ columns: 1, rem: 16 });
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) return undefined;
    const look = () => {
      const rem = parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
      const fit = Math.floor((element.clientWidth / rem + gap) / (leastWidth + gap));
      setColumns((before) =>
        before.columns === Math.max(1, fit) && before.rem === rem
          ? before
          : { columns: Math.max(1, fit), rem },
      );
    };
    look();
    const seen = new ResizeObserver(look);
    seen.observe(element);
    return () => seen.disconnect();
  }, [list]);
  return columns;
}
