// How high the rows of a long list are, and so where each stands: as measured, and as estimated where a row was not
// drawn yet. In sums of blocks, so that a million rows cost no more than a thousand. Pure.
const blockSize = 512;

export class RowHeights {
  private count = 0;
  private heights = new Float32Array(blockSize); // 0: not measured
  private sums: number[] = []; // of blocks

  constructor(private readonly estimate: number) {}

  get rows() {
    return this.count;
  }

  setCount(count: number) {
    if (count < this.count) {
      this.forget();
      this.count = 0;
    }
    if (count > this.heights.length) {
      const grown = new Float32Array(Math.max(count, 2 * this.heights.length));
      grown.set(this.heights);
      this.heights = grown;
    }
    while (this.count < count) {
      const block = Math.floor(this.count / blockSize);
      const added = Math.min(count, (block + 1) * blockSize) - this.count;
      this.sums[block] = (this.sums[block] ?? 0) + added * this.estimate;
      this.count += added;
    }
  }

  // All are as estimated again.
  forget() {
    const { count } = this;
    this.heights.fill(0);
    this.sums = [];
    this.count = 0;
    this.setCount(count);
  }

  // Whether that changes anything.
  measure(place: number, height: number): boolean {
    const before = this.heightOf(place);
    if (place >= this.count || !(height > 0) || Math.abs(height - before) < 0.01) return false;
    const block = Math.floor(place / blockSize);
    this.heights[place] = height;
    this.sums[block] = (this.sums[block] ?? 0) + height - before;
    return true;
  }

  heightOf(place: number): number {
    const known = this.heights[place] ?? 0;
    return known > 0 ? known : this.estimate;
  }

  // Of the upper edge of a row from that of the first; of a place behind the last: of the end.
  offsetOf(place: number): number {
    const end = Math.min(place, this.count);
    const block = Math.floor(end / blockSize);
    let offset = 0;
    for (let at = 0; at < block; at += 1) offset += this.sums[at] ?? 0;
    for (let at = block * blockSize; at < end; at += 1) offset += this.heightOf(at);
    return offset;
  }

  get total() {
    return this.sums.reduce((sum, one) => sum + one, 0);
  }

  // The row that holds a point so far from the upper edge of the first; the nearest where none does.
  placeAt(offset: number): number {
    let [block, above] = [0, 0];
    for (; block + 1 < this.sums.length; block += 1) {
      const next = above + (this.sums[block] ?? 0);
      if (next > offset) break;
      above = next;
    }
    let place = block * blockSize;
    for (; place + 1 < Math.min(this.count, (block + 1) * blockSize); place += 1) {
      above += this.heightOf(place);
      if (above > offset) break;
    }
    return Math.max(0, Math.min(place, this.count - 1));
  }
}
