// The lines that an address points at: "#L10", "#L10-L20". Pure.
export interface ChosenLines {
  from: number;
  to: number;
}

export function readChosen(hash: string): ChosenLines | null {
  const found = /^#L([1-9]\d{0,11})(?:-L([1-9]\d{0,11}))?$/.exec(hash);
  if (found === null) return null;
  const [one, other] = [Number(found[1]), Number(found[2] ?? found[1])];
  return { from: Math.min(one, other), to: Math.max(one, other) };
}

export function writeChosen({ from, to }: ChosenLines): string {
  return from === to ? `#L${from}` : `#L${from}-L${to}`;
}

// With a line more, where a person holds Shift.
export function chooseLine(
  before: ChosenLines | null,
  line: number,
  extends_: boolean,
): ChosenLines {
  if (!extends_ || before === null) return { from: line, to: line };
  return { from: Math.min(before.from, line), to: Math.max(before.to, line) };
}

// Where the line of this id stands, or the first behind it; lines.length where there is none.
export function placeOf(lines: readonly { id: number }[], id: number): number {
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle]?.id ?? Infinity) < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

// The text in parts, every other one of which fits what is sought; case aside.
export function partsOf(text: string, sought: string): string[] {
  const [folded, word] = [text.toLowerCase(), sought.trim().toLowerCase()];
  if (word === "" || folded.length !== text.length) return [text];
  const parts: string[] = [];
  let done = 0;
  for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, done)) {
    parts.push(text.slice(done, at), text.slice(at, at + word.length));
    done = at + word.length;
  }
  return [...parts, text.slice(done)];
}
