// How a company's board is: what its last reading came to, in words, and how large its listings were.
import type { ReactNode } from "react";

import type { Schemas } from "../api/queries";
import { Moment } from "../parts/moment";
import { countOf, formatCount } from "../text/counts";
import styles from "./health_line.module.css";
import { linePoints, sizesInWords } from "./sparkline";

export type Health = Schemas["CompanyHealth"];

const looks: Record<Health["state"], { sign: string; tone: string | undefined }> = {
  ok: { sign: "✓", tone: styles.good },
  whole_but_for: { sign: "!", tone: styles.warn },
  partial: { sign: "!", tone: styles.warn },
  failing: { sign: "×", tone: styles.bad },
  unverified: { sign: "?", tone: styles.warn },
  unread: { sign: "–", tone: styles.plain },
};

export function HealthLine({ health }: { health: Health }) {
  const { sign, tone } = looks[health.state];
  return (
    <div className={styles.health}>
      <span className={[styles.sign, tone].join(" ")} aria-hidden="true">
        {sign}
      </span>
      <p className={["small", "foreign", styles.words].join(" ")} title={health.why ?? undefined}>
        {wordsOf(health)}
      </p>
      {health.sizes.length > 0 && <Sizes sizes={health.sizes} />}
    </div>
  );
}

function wordsOf({ state, since, why, whole_but_for, last_complete_at }: Health): ReactNode {
  const when = since === null ? null : <Moment at={since} />;
  const because = why === null ? "." : `: ${why}`;
  switch (state) {
    case "ok":
      if (last_complete_at === null) return "Read whole.";
      return (
        <>
          Read whole <Moment at={last_complete_at} as="age" />
        </>
      );
    case "whole_but_for":
      return (
        <>
          Whole but for {formatCount(whole_but_for ?? 1)}
          {when && <> since {when}</>}
          {because}
        </>
      );
    case "partial":
      return (
        <>
          Read in part only{when && <>, since {when}</>}
          {because} <LastWhole at={last_complete_at} />
        </>
      );
    case "failing":
      return (
        <>
          <strong>Broken</strong>
          {when && <> since {when}</>}
          {because} <LastWhole at={last_complete_at} />
        </>
      );
    case "unverified":
      return <>Not proven{because}</>;
    case "unread":
      return "Not read yet.";
  }
}

function LastWhole({ at }: { at: string | null }) {
  return (
    <span className={styles.last}>
      {at === null ? (
        "Never read whole."
      ) : (
        <>
          Last read whole <Moment at={at} as="age" />.
        </>
      )}
    </span>
  );
}

const [width, height] = [64, 18];

function Sizes({ sizes }: { sizes: readonly number[] }) {
  return (
    <span className={styles.sizes} role="img" aria-label={sizesInWords(sizes)}>
      {sizes.length > 1 && (
        <svg viewBox={`-1 -1 ${width + 2} ${height + 2}`} width={width} height={height}>
          <polyline points={linePoints(sizes, width, height)} className={styles.line} />
        </svg>
      )}
      <span className="small numbers">{countOf(sizes.at(-1) ?? 0, "job")}</span>
    </span>
  );
}
