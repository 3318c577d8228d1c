// That something is on its way, and for how long already.
import { useState } from "react";

import { formatElapsed } from "../text/times";
import { useNow } from "./moment";
import styles from "./waiting.module.css";

export function Waiting({ children }: { children: string }) {
  const [began] = useState(() => Date.now());
  const passed = useNow(1000) - began;
  return (
    <div className={styles.waiting}>
      <p role="status">{children}</p>
      <div className={styles.bar} aria-hidden="true" />
      {passed >= 2000 && (
        <p className="quiet small numbers" aria-hidden="true">
          {formatElapsed(passed)}
        </p>
      )}
    </div>
  );
}
