// A list in a box of its own, which scrolls: of a long one, only the rows in sight are in the document.
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, type Ref, useRef } from "react";

import styles from "./boxed_list.module.css";

interface BoxedListProps<T> {
  label: string;
  items: readonly T[];
  children: (item: T) => ReactNode;
}

interface Item {
  id: string | number;
}

// Longer lists are drawn by what is seen of them.
const mostDrawnWhole = 60;

export function BoxedList<T extends Item>(props: BoxedListProps<T>) {
  const { label, items, children } = props;
  if (items.length > mostDrawnWhole) return <LongList {...props} />;
  return (
    <Box label={label}>
      <ul className={styles.whole}>
        {items.map((item) => (
          <li key={item.id} className={styles.row}>
            {children(item)}
          </li>
        ))}
      </ul>
    </Box>
  );
}

function LongList<T extends Item>({ label, items, children }: BoxedListProps<T>) {
  const box = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => box.current,
    estimateSize: () => 32,
    overscan: 12,
    getItemKey: (index) => items[index]?.id ?? index,
  });
  return (
    <Box label={label} ref={box}>
      <ul className={styles.long} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ key, index, start }) => {
          const item = items[index];
          return (
            item && (
              <li
                key={key}
                ref={rows.measureElement}
                data-index={index}
                aria-posinset={index + 1}
                aria-setsize={items.length}
                className={styles.row}
                style={{ transform: `translateY(${start}px)` }}
              >
                {children(item)}
              </li>
            )
          );
        })}
      </ul>
    </Box>
  );
}

interface BoxProps {
  label: string;
  ref?: Ref<HTMLDivElement>;
  children: ReactNode;
}

function Box({ label, ref, children }: BoxProps) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and has to by keys too
    <div ref={ref} className={styles.box} role="group" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
