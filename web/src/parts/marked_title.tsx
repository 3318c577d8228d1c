// A title in which the part that a rule fits is marked.
interface MarkedTitleProps {
  title: string;
  match: { begin: number; length: number } | null; // in code points; null: nothing is marked
}

export function MarkedTitle({ title, match }: MarkedTitleProps) {
  if (match === null || match.length === 0) return <>{title}</>;
  // By code points, as the server counts: a string's own indices count the halves of astral characters.
  const points = Array.from(title);
  const end = match.begin + match.length;
  return (
    <>
      {points.slice(0, match.begin).join("")}
      <mark>{points.slice(match.begin, end).join("")}</mark>
      {points.slice(end).join("")}
    </>
  );
}
