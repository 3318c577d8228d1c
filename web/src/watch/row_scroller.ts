// Which rows of a long list are drawn, and where: those in sight and some beyond. Follows the end, or brings a row
// into sight, until a person scrolls; keeps what they read in its place while rows above it turn out to be higher.
import { RowHeights } from "./row_heights";

// No element of a browser is higher than some 17 (Firefox) or 33 million px: rows beyond are scrolled in proportion.
const highest = 16_000_000;
const estimate = 21;
const beyond = 400; // px drawn outside of what is seen
const nearEnd = 24; // as near as this to the end a person is at it, px
const rest = 150; // ms without a step, and a movement is over

export interface DrawnRows {
  from: number;
  to: number; // behind the last
  top: number; // of the first drawn row, px from the upper edge of all that can be scrolled
  follows: boolean; // the end
}

type Aim = "end" | { place: number } | null;

export class RowScroller {
  private readonly heights = new RowHeights(estimate);
  private view: HTMLElement | null = null;
  private space: HTMLElement | null = null; // as high as all rows, which it gets here: before what is scrolled
  private aim: Aim = "end";
  private set = 0; // where the program scrolled to last
  private top = 0; // of what is seen, from the upper edge of the first row
  // While a person's movement goes on, which any step of the program would end, rows stay in their place by being drawn
  // so far from where they belong.
  private drift = 0;
  private moving: ReturnType<typeof setTimeout> | null = null;
  private drawn: DrawnRows = { from: 0, to: 0, top: 0, follows: true };
  private readonly listeners = new Set<() => void>();

  attach(view: HTMLElement, space: HTMLElement) {
    this.view = view;
    this.space = space;
    let { clientWidth } = view;
    const sizes = new ResizeObserver(() => {
      if (view.clientWidth !== clientWidth) {
        clientWidth = view.clientWidth;
        this.forgetHeights();
      } else this.settle();
    });
    sizes.observe(view);
    this.settle();
    return () => {
      sizes.disconnect();
      this.view = null;
      this.space = null;
    };
  }

  setCount(count: number) {
    if (count === this.heights.rows) return;
    this.heights.setCount(count);
    this.settle();
  }

  // They wrap otherwise, or are other rows.
  forgetHeights() {
    this.keepPlace(() => this.heights.forget());
  }

  followEnd() {
    this.aim = "end";
    this.settle();
  }

  goToStart() {
    this.top = 0;
    this.aim = null;
    this.stopMoving();
    this.settle();
  }

  // Into the middle of what is seen.
  goTo(place: number) {
    this.aim = { place };
    this.settle();
  }

  // A person touches the list: a row that was brought into sight is no longer held there.
  letGo() {
    if (this.aim !== "end") this.aim = null;
  }

  // What is under a person's hand stays, though the end moves on.
  release() {
    if (this.aim === null) return;
    this.aim = null;
    this.settle();
  }

  // A person begins to move away from the end.
  leaveEnd() {
    if (this.mostTop() === 0) return;
    this.aim = null;
    this.move();
  }

  moveBy(px: number, mayFollow = false) {
    this.top += px;
    this.aim = mayFollow && px > 0 && this.top >= this.mostTop() - nearEnd ? "end" : null;
    this.settle();
  }

  // The share of what is seen at once, px.
  get page() {
    return this.view?.clientHeight ?? 0;
  }

  // Whether a browser's own keys would leave rows out.
  get isScaled() {
    return this.heights.total > highest;
  }

  readonly scrolled = () => {
    const { view } = this;
    if (view === null) return;
    // A list that was made higher or wider is moved by its browser, before anybody is told of its new size.
    if (this.aim === "end" && isAtEnd(view)) this.settle();
    else if (Math.abs(view.scrollTop - this.set) > 1.5) {
      const down = view.scrollTop > this.set;
      this.set = view.scrollTop;
      this.top = this.topOf(view);
      this.aim = down && this.top >= this.mostTop() - nearEnd ? "end" : null;
      this.move();
    }
    this.draw();
  };

  // The list's own ends are where it cannot be scrolled on.
  private topOf(view: HTMLElement) {
    const isFirst = view.scrollTop <= 0;
    if (isFirst || isAtEnd(view)) this.drift = 0;
    if (isFirst) return 0;
    return Math.max(0, Math.min(this.mostTop(), view.scrollTop * this.scale() + this.drift));
  }

  private stopMoving() {
    if (this.moving !== null) clearTimeout(this.moving);
    this.moving = null;
  }

  private move() {
    this.stopMoving();
    this.moving = setTimeout(() => {
      this.moving = null;
      this.settle();
    }, rest);
  }

  // Of rows that are drawn, by their places.
  measured(rows: Iterable<readonly [number, number]>) {
    this.keepPlace(() => {
      let changes = false;
      for (const [place, height] of rows) changes = this.heights.measure(place, height) || changes;
      return changes;
    });
  }

  // Those of which anything is seen.
  inSight(): [number, number] {
    if (this.heights.rows === 0) return [0, 0];
    return [this.heights.placeAt(this.top), this.heights.placeAt(this.top + this.page - 1) + 1];
  }

  // From the first drawn row.
  offsetOf(place: number): number {
    return this.heights.offsetOf(place) - this.heights.offsetOf(this.drawn.from);
  }

  readonly snapshot = () => this.drawn;

  readonly subscribe = (tell: () => void) => {
    this.listeners.add(tell);
    return () => this.listeners.delete(tell);
  };

  private keepPlace(change: () => unknown) {
    const place = this.heights.placeAt(this.top);
    const into = this.top - this.heights.offsetOf(place);
    if (change() === false) return;
    if (this.aim === null) this.top = this.heights.offsetOf(place) + into;
    this.settle();
  }

  private mostTop() {
    return Math.max(0, this.heights.total - this.page);
  }

  // Rows' px for each of the scroll bar's.
  private scale() {
    const scrollable = Math.min(this.heights.total, highest) - this.page;
    return scrollable <= 0 ? 1 : this.mostTop() / scrollable;
  }

  private settle() {
    const { view, space, heights } = this;
    if (view === null || space === null) return;
    space.style.height = `${Math.min(heights.total, highest)}px`;
    if (this.aim === "end") this.top = this.mostTop();
    else if (this.aim !== null) {
      const { place } = this.aim;
      const middle = heights.offsetOf(place) + heights.heightOf(place) / 2;
      this.top = middle - this.page / 2;
    }
    this.top = Math.max(0, Math.min(this.top, this.mostTop()));
    const moves = this.moving !== null && this.aim === null;
    this.drift = moves ? this.top - view.scrollTop * this.scale() : 0;
    const wanted = (this.top - this.drift) / this.scale();
    if (Math.abs(view.scrollTop - wanted) > 0.5) view.scrollTop = wanted;
    this.set = view.scrollTop;
    this.draw();
  }

  private draw() {
    const { heights, page } = this;
    const from = heights.rows === 0 ? 0 : heights.placeAt(this.top - beyond);
    const to = heights.rows === 0 ? 0 : heights.placeAt(this.top + page + beyond) + 1;
    const next: DrawnRows = {
      from,
      to,
      top: heights.offsetOf(from) + (this.top - this.drift) / this.scale() - this.top,
      follows: this.aim === "end",
    };
    if (isSame(this.drawn, next)) return;
    this.drawn = next;
    this.listeners.forEach((tell) => tell());
  }
}

function isAtEnd(view: HTMLElement): boolean {
  return view.scrollTop >= view.scrollHeight - view.clientHeight - 1.5;
}

function isSame(one: DrawnRows, other: DrawnRows): boolean {
  return (
    one.from === other.from &&
    one.to === other.to &&
    one.top === other.top &&
    one.follows === other.follows
  );
}
