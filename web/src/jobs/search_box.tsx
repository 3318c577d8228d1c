// What jobs are looked for by: taken once it has stood for a moment, or at once by Enter.
import { type RefObject, useEffect, useState } from "react";

import styles from "./search_box.module.css";

interface SearchBoxProps {
  q: string; // as the address has it
  onSearch: (q: string) => void;
  ref: RefObject<HTMLInputElement | null>;
}

const standsFor = 200; // milliseconds

export function SearchBox({ q, onSearch, ref }: SearchBoxProps) {
  const [typed, setTyped] = useState(q);
  const [sent, setSent] = useState(q);
  const [seen, setSeen] = useState(q);
  if (q !== seen) {
    setSeen(q);
    // Changed from elsewhere: by a word that was switched, or by the way back.
    if (q !== sent) {
      setSent(q);
      setTyped(q);
    }
  }
  useEffect(() => {
    if (typed === sent) return undefined;
    const timer = setTimeout(() => {
      setSent(typed);
      onSearch(typed);
    }, standsFor);
    return () => clearTimeout(timer);
  }, [typed, sent, onSearch]);
  return (
    <form
      role="search"
      className={styles.box}
      onSubmit={(event) => {
        event.preventDefault();
        setSent(typed);
        onSearch(typed);
      }}
    >
      <label className="unseen" htmlFor="job-search">
        Search jobs
      </label>
      <input
        ref={ref}
        id="job-search"
        type="search"
        value={typed}
        maxLength={200}
        placeholder='Search: night -senior "data engineer" place:zurich since:7d'
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setTyped(event.target.value)}
      />
    </form>
  );
}
