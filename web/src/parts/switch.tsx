// On or off, with its word beside it. Radix keeps its role and keys.
import { Switch as RadixSwitch } from "radix-ui";

import styles from "./switch.module.css";

interface SwitchProps {
  on: boolean;
  onChange: (on: boolean) => void;
  label: string; // what it switches
  describedBy?: string; // the id of what explains it
  words: readonly [on: string, off: string];
}

export function Switch({ on, onChange, label, describedBy, words }: SwitchProps) {
  return (
    <RadixSwitch.Root
      checked={on}
      onCheckedChange={onChange}
      aria-label={label}
      aria-describedby={describedBy}
      className={styles.switch ?? ""}
    >
      <span className={styles.track}>
        <RadixSwitch.Thumb className={styles.thumb ?? ""} />
      </span>
      <span className="small">{on ? words[0] : words[1]}</span>
    </RadixSwitch.Root>
  );
}
