// Adds a company by the address of its careers page, or by its name; a list of either leads on to all of them.
import { type KeyboardEvent, type SyntheticEvent, useRef, useState } from "react";

import { Button } from "../parts/button";
import { Field } from "../parts/field";
import styles from "./add_company.module.css";
import { CheckOrFollow, CheckOutcome, NameField } from "./check_outcome";
import type { CheckedBoard, OrderField } from "./follow_board";
import { KnownCompanies } from "./known_companies";
import { canFollow, refusalIn, useAddCompany } from "./use_add_company";
import type { KnownCompany } from "./use_directory";
import { useFocusOnMisfit } from "./use_focus_on_misfit";
import { mostLines, readWritten, tooManyLines } from "./written_boards";

interface AddressFormProps {
  text: string;
  onText: (text: string) => void;
  onList: (lines: readonly string[]) => void;
  onFollowed: (board: CheckedBoard) => void;
}

const fields: readonly OrderField[] = ["url", "name"];
const mostRows = 8;

export function AddressForm({ text, onText, onList, onFollowed }: AddressFormProps) {
  const adding = useAddCompany(onFollowed, fields);
  const { step, check, follow, change } = adding;
  const [chosen, setChosen] = useState<KnownCompany | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const known = useRef<HTMLUListElement>(null);
  const refusal = refusalIn(step);
  useFocusOnMisfit(form, refusal);
  const written = readWritten(text);
  const count = written.as === "list" ? written.lines.length : 0;
  const problem = refusal?.fields.get("url");
  const tooMany = count > mostLines ? tooManyLines(count) : undefined;

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    if (canFollow(step)) void follow();
    else if (step.at === "checking" || step.at === "following" || tooMany !== undefined) return;
    else if (written.as === "list") onList(written.lines);
    else if (written.as === "address") void check({ url: written.address });
    else if (chosen !== null) choose(chosen);
    else known.current?.querySelector("button")?.focus();
  }
  function choose(company: KnownCompany) {
    const { board: kind, token, well_known, display_name } = company;
    setChosen(company);
    void check({ kind, token, ...(well_known ? { name: display_name } : {}) });
  }
  function rewrite(next: string) {
    onText(next);
    setChosen(null);
    adding.setName(null);
    change();
  }
  function chooseAnother() {
    rewrite(text);
    form.current?.querySelector("textarea")?.focus();
  }
  // A line that is written alone is sent by Enter; in a list, Enter is for the next line.
  function press(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey && written.as !== "list") {
      event.preventDefault();
      form.current?.requestSubmit();
    }
    if (event.key === "ArrowDown" && written.as === "name" && known.current !== null) {
      event.preventDefault();
      known.current.querySelector("button")?.focus();
    }
  }

  const searches = written.as === "name" && step.at === "form";
  const asksName =
    canFollow(step) || refusal?.isTaken === true || refusal?.fields.has("name") === true;
  return (
    <form ref={form} className="stack" aria-label="By address or name" onSubmit={submit}>
      <Field
        label="Address of its careers page, or its name"
        hint={
          problem === undefined && tooMany === undefined
            ? "Any page of its openings will do. Several: paste them, one a line."
            : undefined
        }
        problem={tooMany ?? problem}
      >
        {(given) => (
          <textarea
            {...given}
            data-autofocus
            className={styles.written}
            value={text}
            rows={written.as === "list" ? Math.min(mostRows, text.split("\n").length) : 1}
            wrap="off"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            onChange={({ target }) => rewrite(target.value)}
            onKeyDown={press}
          />
        )}
      </Field>
      <CheckOutcome adding={adding} isGuess={chosen !== null && !chosen.well_known} />
      {asksName && <NameField adding={adding} />}
      {searches && <KnownCompanies name={written.name} listRef={known} onChoose={choose} />}
      {!searches && (
        <div className={styles.foot}>
          {chosen !== null && step.at === "checked" && (
            <Button kind="quiet" onClick={chooseAnother}>
              Choose another
            </Button>
          )}
          <CheckOrFollow
            adding={adding}
            kind="primary"
            words={count > 1 ? `Look at ${count} lines` : "Check"}
            isReady={written.as !== "nothing" && tooMany === undefined}
          />
        </div>
      )}
    </form>
  );
}
