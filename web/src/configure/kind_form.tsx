// Adds a company by the kind of its board and its token there, for whoever knows them.
import { type SyntheticEvent, useRef, useState } from "react";

import { sentenceOf } from "../api/errors";
import { Button } from "../parts/button";
import { Field } from "../parts/field";
import { Notice } from "../parts/notice";
import { Waiting } from "../parts/waiting";
import styles from "./add_company.module.css";
import { CheckOrFollow, CheckOutcome, NameField } from "./check_outcome";
import type { CheckedBoard, OrderField } from "./follow_board";
import { refusalIn, useAddCompany } from "./use_add_company";
import { useFocusOnMisfit } from "./use_focus_on_misfit";
import { useKinds } from "./use_kinds";

const fields: readonly OrderField[] = ["kind", "token", "name"];

export function KindForm({ onFollowed }: { onFollowed: (board: CheckedBoard) => void }) {
  const kinds = useKinds();
  const adding = useAddCompany(onFollowed, fields);
  const { step, check, follow, change } = adding;
  const [chosen, setChosen] = useState("");
  const [token, setToken] = useState("");
  const kind = kinds.data?.find((one) => one.kind === chosen) ?? kinds.data?.[0];
  const refusal = refusalIn(step);
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

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    if ("board" in step) void follow();
    else void check({ kind: kind?.kind ?? "", token: token.trim() });
  }

  return (
    <form ref={form} className="stack" aria-label="By kind and token" onSubmit={submit}>
      <Field label="Kind of board" problem={refusal?.fields.get("kind")}>
        {(given) => (
          <select
            {...given}
            value={kind?.kind ?? ""}
            onChange={({ target }) => {
              setChosen(target.value);
              change();
            }}
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
            value={token}
            required
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            onChange={({ target }) => {
              setToken(target.value);
              change();
            }}
          />
        )}
      </Field>
      <NameField adding={adding} />
      <CheckOutcome adding={adding} isGuess={false} />
      <div className={styles.foot}>
        <CheckOrFollow adding={adding} words="Check this board" isReady={token.trim() !== ""} />
      </div>
    </form>
  );
}
