// The foot of the page, always in sight: what is not saved, Save and Cancel where something is, and the way on.
import { useEffect, useRef, useState } from "react";
import { Link } from "react-router-dom";

import { Button } from "../parts/button";
import { ConfirmDialog } from "../parts/dialog";
import { countOf } from "../text/counts";
import styles from "./save_bar.module.css";

interface SaveBarProps {
  changes: string; // in words; empty: nothing to save
  news: string; // of what was done
  isMuch: boolean; // so many that discarding them is asked about
  enabled: number; // companies that a run would read
  activeRun: number | null;
  saving: boolean;
  problem: string | null; // why not all of it was saved
  onSave: () => void;
  onDiscard: () => void;
  onPreview: () => void;
}

export function SaveBar(props: SaveBarProps) {
  const { changes, saving, problem } = props;
  const [asks, setAsks] = useState(false);
  const changed = changes !== "";
  const why = whyOf(props);
  const bar = useKeptFocus(saving, changed);
  return (
    <section
      ref={bar}
      tabIndex={-1}
      className={[styles.bar, changed ? styles.changed : ""].join(" ")}
      aria-label="Save and preview"
    >
      <div className={styles.words}>
        {problem !== null && (
          <p role="alert" className={["foreign", styles.problem].join(" ")}>
            {problem}
          </p>
        )}
        <p role="status" className="numbers">
          {props.news !== "" && <span className="foreign">{props.news} </span>}
          {changed && <strong>Not saved: {changes}. </strong>}
          {why === null ? (
            <span className={["quiet", styles.enabled].join(" ")}>
              {enabledWords(props.enabled)}
            </span>
          ) : (
            <span className="quiet">{why} </span>
          )}
          {props.activeRun !== null && <Link to={`/ingest/${props.activeRun}`}>Watch it</Link>}
        </p>
      </div>
      <div className={styles.actions}>
        {changed && (
          <>
            <Button
              disabled={saving}
              onClick={() => (props.isMuch ? setAsks(true) : props.onDiscard())}
            >
              Cancel
            </Button>
            <Button busy={saving} onClick={props.onSave}>
              Save
            </Button>
          </>
        )}
        <Button kind="primary" disabled={saving || why !== null} onClick={props.onPreview}>
          {changed ? "Save and preview" : "Preview"}
        </Button>
      </div>
      <ConfirmDialog
        open={asks}
        onClose={() => setAsks(false)}
        title="Discard what you changed?"
        confirm="Discard"
        cancel="Keep editing"
        danger
        onConfirm={() => {
          setAsks(false);
          props.onDiscard();
        }}
      >
        <p>Not saved: {changes}. All of it goes back to what is saved.</p>
      </ConfirmDialog>
    </section>
  );
}

// The buttons of what is not saved go once they are pressed: the bar has the focus then.
function useKeptFocus(saving: boolean, changed: boolean) {
  const bar = useRef<HTMLElement>(null);
  const before = useRef({ saving, changed });
  useEffect(() => {
    const ended = (before.current.saving && !saving) || (before.current.changed && !changed);
    before.current = { saving, changed };
    if (ended && document.activeElement === document.body) bar.current?.focus();
  }, [saving, changed]);
  return bar;
}

// Why there is nothing to preview; null where there is.
function whyOf({ enabled, activeRun }: SaveBarProps): string | null {
  if (activeRun !== null) return `Run ${activeRun} is at work: preview again when it has ended.`;
  return enabled === 0 ? "To preview, follow a company and leave it on." : null;
}

function enabledWords(enabled: number): string {
  return `A run would read ${countOf(enabled, "company", "companies")}.`;
}
