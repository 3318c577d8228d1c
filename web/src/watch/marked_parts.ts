// A text in parts, of which some hold a word that stands out. Pure.
export interface TextPart {
  text: string;
  mark: number | null; // which of the words; null: none
}

// Case aside. Where words overlap, the one that begins first stands out, of two the longer.
export function markParts(text: string, words: readonly string[]): TextPart[] {
  const folded = text.toLowerCase();
  const sought = words.map((word) => word.trim().toLowerCase());
  // Letters that become two by folding would shift the rest.
  if (folded.length !== text.length || sought.every((word) => word === ""))
    return [{ text, mark: null }];
  const parts: TextPart[] = [];
  let done = 0;
  for (;;) {
    let [from, mark, length] = [folded.length, -1, 0];
    for (const [at, word] of sought.entries()) {
      const found = word === "" ? -1 : folded.indexOf(word, done);
      if (found < 0 || found > from || (found === from && word.length <= length)) continue;
      [from, mark, length] = [found, at, word.length];
    }
    if (from > done) parts.push({ text: text.slice(done, from), mark: null });
    if (mark < 0) return parts;
    parts.push({ text: text.slice(from, from + length), mark });
    done = from + length;
  }
}
