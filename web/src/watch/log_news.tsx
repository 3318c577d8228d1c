// What came to a log, for whoever hears the page: at most every ten seconds, and not at all where it is switched off.
import { useEffect, useRef, useState } from "react";

import { countOf } from "../text/counts";
import styles from "./log_viewer.module.css";
import type { LogLine } from "./run_log";

const every = 10_000;
const key = "rolecall.log-news";

// "12 new lines, 1 warning, 2 errors".
export function tellNews(news: readonly LogLine[]): string {
  const parts = [countOf(news.length, "new line")];
  for (const level of ["warning", "error"] as const) {
    const count = news.filter((line) => line.level === level).length;
    if (count > 0) parts.push(countOf(count, level));
  }
  return parts.join(", ");
}

export function LogNews({ lines }: { lines: readonly LogLine[] }) {
  const [on, setOn] = useState(() => localStorage.getItem(key) !== "off");
  const [told, setTold] = useState({ words: "", time: 0 });
  const latest = useRef(lines);
  const toldCount = useRef(0);
  useEffect(() => {
    latest.current = lines;
  });
  useEffect(() => {
    if (!on) return undefined;
    const timer = setInterval(() => {
      const news = latest.current.slice(toldCount.current);
      toldCount.current += news.length;
      if (news.length > 0) setTold(({ time }) => ({ words: tellNews(news), time: time + 1 }));
    }, every);
    return () => clearInterval(timer);
  }, [on]);

  const change = (next: boolean) => {
    localStorage.setItem(key, next ? "on" : "off");
    toldCount.current = latest.current.length;
    setTold({ words: "", time: 0 });
    setOn(next);
  };
  return (
    <div className={styles.news}>
      <label>
        <input type="checkbox" checked={on} onChange={(event) => change(event.target.checked)} />
        Announce new lines to screen readers
      </label>
      <p role="status" className="unseen">
        {/* Another element each time: the same words twice would be heard once. */}
        {told.words !== "" && <span key={told.time}>{told.words}</span>}
      </p>
    </div>
  );
}
