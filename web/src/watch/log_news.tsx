// What came to a log, for whoever hears the page: at most every ten seconds, and not at all where it is switched off.
import { useEffect, useState } from "react";

import { countOf } from "../text/counts";
import styles from "./log_viewer.module.css";
import type { LogLevel } from "./log_line";
import type { LogNewsCounts } from "./log_news_counts";

const every = 10_000;
const key = "rolecall.log-news";

// "12 new lines, 1 warning, 2 errors".
export function tellNews(news: Record<LogLevel, number>): string {
  const parts = [countOf(news.info + news.warning + news.error, "new line")];
  for (const level of ["warning", "error"] as const)
    if (news[level] > 0) parts.push(countOf(news[level], level));
  return parts.join(", ");
}

export function LogNews({ news }: { news: LogNewsCounts }) {
  const [on, setOn] = useState(() => localStorage.getItem(key) !== "off");
  const [told, setTold] = useState({ words: "", time: 0 });
  useEffect(() => {
    if (!on) return undefined;
    const timer = setInterval(() => {
      const taken = news.take();
      if (taken.info + taken.warning + taken.error === 0) return;
      setTold(({ time }) => ({ words: tellNews(taken), time: time + 1 }));
    }, every);
    return () => clearInterval(timer);
  }, [on, news]);

  const change = (next: boolean) => {
    localStorage.setItem(key, next ? "on" : "off");
    news.take();
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
