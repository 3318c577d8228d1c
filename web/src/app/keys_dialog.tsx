// Which keys do what, behind "?" and in the menu; and the switch that takes them away.
import { Dialog } from "../parts/dialog";
import { switchKeys, useKeys, useKeysAreOn } from "../parts/keys";
import styles from "./keys_dialog.module.css";

const keys: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
  ["Everywhere", [["?", "This list"]]],
  [
    "A run",
    [
      ["e", "The next error in its log"],
      ["Ctrl F", "Within the log: search it"],
      ["Ctrl A", "Within the log: select all of its lines"],
    ],
  ],
  [
    "Jobs",
    [
      ["/", "To the search"],
      ["j", "The next job"],
      ["k", "The one before"],
      ["o", "Open it"],
      ["h", "Hide it, or show it again"],
      ["u", "Undo what was marked last"],
    ],
  ],
];

interface KeysDialogProps {
  open: boolean;
  onOpen: (open: boolean) => void;
}

export function KeysDialog({ open, onOpen }: KeysDialogProps) {
  const on = useKeysAreOn();
  useKeys({ "?": () => onOpen(true) });
  return (
    <Dialog open={open} onClose={() => onOpen(false)} title="Keys">
      <div className="stack">
        {keys.map(([where, all]) => (
          <section key={where} className="stack">
            <h2>{where}</h2>
            <dl className={styles.keys}>
              {all.map(([key, meaning]) => (
                <div key={key}>
                  <dt>
                    <kbd>{key}</kbd>
                  </dt>
                  <dd>{meaning}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <label className="row">
          <input
            type="checkbox"
            checked={on}
            onChange={(event) => switchKeys(event.target.checked)}
          />
          <span>Single keys do something</span>
        </label>
      </div>
    </Dialog>
  );
}
