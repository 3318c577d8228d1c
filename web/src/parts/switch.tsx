// On or off, with its word beside it. Radix keeps its role and keys.
import { Switch as RadixSwitch } from "radix-ui";

import styles from "./switch.module.css";

interface SwitchProps {
  on: boolean;
  onChange: (on: boolean) => void;
  label: string; // what it switches
  words: readonly [on: string, off: string];
}

export function Switch({ on, onChange, label, words }: SwitchProps) {
  return (
    <RadixSwitch.Root
      checked={on}
      onCheckedChange={onChange}
      aria-label={label}
      className={styles.switch ?? ""}
    >
      <span className={styles.track}>
        <RadixSwitch.Thumb className={styles.thumb ?? ""} />
      </span>
      <span className="small">{on ? words[0] : words[1]}</span>
    </RadixSwitch.Root>
  );
}
