// Numbers as a person reads them.
const plain = new Intl.NumberFormat("en-US");

export function formatCount(count: number): string {
  return plain.format(count);
}

// "1 job", "1,234 jobs"; `many` where it is not the word and an s.
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

// "a", "a and b", "a, b and c"; beyond `most` the rest is counted: "a, b and 4 more".
export function listWords(words: readonly string[], most = Infinity): string {
  const shown = words.length > most ? words.slice(0, most) : [...words];
  if (words.length > most) shown.push(`${formatCount(words.length - most)} more`);
  if (shown.length < 2) return shown.join("");
  return `${shown.slice(0, -1).join(", ")} and ${shown.at(-1) ?? ""}`;
}
