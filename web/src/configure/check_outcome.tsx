// What came of a check: the board and the way to follow it, or why it was refused.
import { useEffect, useRef } from "react";

import { Button } from "../parts/button";
import { Field } from "../parts/field";
import { Notice } from "../parts/notice";
import { Waiting } from "../parts/waiting";
import { CheckedBoardView } from "./checked_board";
import type { Refusal } from "./follow_board";
import { type Adding, canFollow, refusalIn } from "./use_add_company";

export function CheckOutcome({ adding, isGuess }: { adding: Adding; isGuess: boolean }) {
  const { step } = adding;
  return (
    <>
      {step.at === "checking" && <Waiting>Reading the board…</Waiting>}
      {"board" in step && (
        <CheckedBoardView
          board={step.board}
          isGuess={isGuess}
          isDoubted={refusalIn(step)?.guess != null}
        />
      )}
      <Refused refusal={refusalIn(step)} />
    </>
  );
}

function Refused({ refusal }: { refusal: Refusal | null }) {
  if (refusal?.sentence == null) return null;
  if (refusal.guess === null) return <Notice tone="bad" title={refusal.sentence} alert />;
  // The server's sentence is for whoever sends it a request.
  return (
    <Notice
      tone="warn"
      title="Nothing shows that there is such a board: its vendor answers so for any name. Follow it only if you know that it is there."
      alert
    />
  );
}

export function NameField({ adding }: { adding: Adding }) {
  return (
    <Field
      label="Name here (optional)"
      hint="Empty: as the board has it."
      problem={refusalIn(adding.step)?.fields.get("name")}
    >
      {(given) => (
        <input
          {...given}
          value={adding.name}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          onChange={({ target }) => adding.setName(target.value)}
        />
      )}
    </Field>
  );
}

interface SubmitProps {
  adding: Adding;
  words: string; // on the button that checks
  kind?: "primary" | "plain";
  isReady: boolean; // there is something to check
}

// Checks, and follows what was found where that can be followed.
export function CheckOrFollow({ adding: { step }, words, kind = "plain", isReady }: SubmitProps) {
  if (canFollow(step))
    return (
      <FollowButton
        isBusy={step.at === "following"}
        words={refusalIn(step)?.guess != null ? "Follow anyway" : "Follow"}
      />
    );
  const isBusy = step.at === "checking";
  return (
    <Button type="submit" kind={kind} busy={isBusy} disabled={isBusy || !isReady}>
      {words}
    </Button>
  );
}

// Takes the focus of what checked: Enter goes on.
function FollowButton({ isBusy, words }: { isBusy: boolean; words: string }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <Button ref={button} type="submit" kind="primary" busy={isBusy}>
      {words}
    </Button>
  );
}
