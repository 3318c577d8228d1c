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
