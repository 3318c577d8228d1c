// Adds a company by the kind of its board and its token there, for whoever knows them.
import { type SyntheticEvent, useRef, useState } from "react";

import { sentenceOf } from "../api/errors";
import { Button } from "../parts/button";
import { Field } from "../parts/field";
import { Notice } from "../parts/notice";
import { Waiting } from "../parts/waiting";
import styles from "./add_company.module.css";
import { AddButton, Refused } from "./check_outcome";
import { CheckedBoardView } from "./checked_board";
import type { BoardOrder, CheckedBoard } from "./follow_board";
import { useAddCompany } from "./use_add_company";
import { useFocusOnMisfit } from "./use_focus_on_misfit";
import { useKinds } from "./use_kinds";

export function KindForm({ onAdded }: { onAdded: (board: CheckedBoard) => void }) {
  const kinds = useKinds();
  const { step, check, add, change } = useAddCompany(onAdded);
  const [order, setOrder] = useState<BoardOrder>({ kind: "", token: "", name: "" });
  const kind = kinds.data?.find((one) => one.kind === order.kind) ?? kinds.data?.[0];
  const refusal = "refusal" in step ? step.refusal : null;
  const asked = { ...order, kind: kind?.kind ?? "" };
  const form = useRef<HTMLFormElement>(null);
  useFocusOnMisfit(form, refusal);

  if (kinds.isError && kinds.data === undefined)
    return (
      <Notice
        tone="bad"
        title={sentenceOf(kinds.error)}
        actions={<Button onClick={() => void kinds.refetch()}>Try again</Button>}
        alert
      />
    );
  if (kinds.data === undefined) return <Waiting>Loading the kinds of boards…</Waiting>;

  function set(some: Partial<BoardOrder>) {
    setOrder((before) => ({ ...before, ...some }));
    change();
  }
  function submit(event: SyntheticEvent) {
    event.preventDefault();
    void check(asked);
  }

  return (
    <form ref={form} className="stack" onSubmit={submit}>
      <Field label="Kind of board" problem={refusal?.fields.get("kind")}>
        {(given) => (
          <select
            {...given}
            value={asked.kind}
            onChange={({ target }) => set({ kind: target.value })}
          >
            {kinds.data.map((one) => (
              <option key={one.kind} value={one.kind}>
                {one.title}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field
        label="Its token there"
        hint={kind?.token_hint ?? undefined}
        problem={refusal?.fields.get("token")}
      >
        {(given) => (
          <input
            {...given}
            value={order.token}
            required
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            onChange={({ target }) => set({ token: target.value })}
          />
        )}
      </Field>
      <Field
        label="Name here (optional)"
        hint="Empty: as the board has it."
        problem={refusal?.fields.get("name")}
      >
        {(given) => (
          <input
            {...given}
            value={order.name}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            onChange={({ target }) => set({ name: target.value })}
          />
        )}
      </Field>
      {step.at === "checking" && <Waiting>Reading the board…</Waiting>}
      {(step.at === "checked" || step.at === "adding") && (
        <CheckedBoardView board={step.board} isGuess={false} />
      )}
      {step.at !== "checking" && step.at !== "adding" && <Refused refusal={step.refusal} />}
      <div className={styles.foot}>
        {step.at === "checked" || step.at === "adding" ? (
          <AddButton
            busy={step.at === "adding"}
            anyway={step.at === "checked" && step.refusal?.guess != null}
            onAdd={(anyway) => void add(step.order, step.board, anyway)}
          />
        ) : (
          <Button
            type="submit"
            kind="primary"
            busy={step.at === "checking"}
            disabled={step.at === "checking" || order.token.trim() === ""}
          >
            Check
          </Button>
        )}
      </div>
    </form>
  );
}
