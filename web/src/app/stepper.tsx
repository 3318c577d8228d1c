// The way through the four stages, at the head of each of them.
import { Tooltip } from "radix-ui";
import { Link } from "react-router-dom";

import type { Step } from "./steps";
import styles from "./stepper.module.css";

export function Stepper({ steps, shown }: { steps: readonly Step[]; shown: string | null }) {
  return (
    <nav aria-label="Stages" className={styles.stepper}>
      <ol>
        {steps.map((step, at) => (
          <li key={step.name} className={styles[step.state]}>
            <StepLink step={step} number={at + 1} isShown={step.name === shown} />
          </li>
        ))}
      </ol>
    </nav>
  );
}

function StepLink({ step, number, isShown }: { step: Step; number: number; isShown: boolean }) {
  const content = (
    <>
      <span className={styles.number} aria-hidden="true">
        {step.state === "done" ? "✓" : number}
      </span>
      <span>{step.title}</span>
      {step.state === "done" && <span className="unseen">(done)</span>}
    </>
  );
  if (step.state !== "shut")
    return (
      <Link to={step.address} aria-current={isShown ? "step" : undefined} className={styles.step}>
        {content}
      </Link>
    );
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>
        <button type="button" aria-disabled="true" className={styles.step}>
          {content}
          <span className="unseen">, not open: {step.why}</span>
        </button>
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className={styles.why ?? ""} sideOffset={6} collisionPadding={12}>
          {step.why}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
