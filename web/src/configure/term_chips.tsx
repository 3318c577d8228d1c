// The terms of a filter as chips: Enter and borders make them, Backspace takes the last away, arrow keys lead from one to
// the next. Beside each, how many jobs it takes away.
import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from "react";

import { useUnloadGuard } from "../parts/use_unload_guard";
import { TermChip } from "./term_chip";
import styles from "./term_chips.module.css";
import { addTerms, type Border, splitTerms, takeTerms } from "./terms";

interface TermChipsProps {
  label: string;
  of?: string; // said behind the label to those who hear the page: "places"
  hint?: string;
  placeholder?: string;
  border?: Border;
  counted?: string; // what a count is of: one "title"
  terms: readonly string[];
  onChange: (terms: string[]) => void;
  counts?: ReadonlyMap<string, number> | undefined; // by term
  problems?: ReadonlyMap<string, string> | undefined; // by term
  shown?: string | null; // the term whose jobs are shown
  onShow?: (term: string) => void;
  shownBy?: string; // the id of what shows them
}

export function TermChips(props: TermChipsProps) {
  const { label, hint, terms, onChange, counts, problems, border = "comma" } = props;
  const id = useId();
  const [text, setText] = useState("");
  const [news, setNews] = useState("");
  const box = useRef<HTMLDivElement>(null);
  const focusAt = useFocusOnceGone(box, terms);
  useUnloadGuard(text.trim() !== "");

  function add(added: readonly string[], rest: string) {
    const next = addTerms(terms, added);
    setText(rest);
    setNews(next.twice.map((term) => `“${term}” is there already.`).join(" "));
    if (next.terms.length > terms.length) onChange(next.terms);
  }

  function remove(at: number, thenFocus: boolean) {
    setNews("");
    if (thenFocus) focusAt(at);
    onChange(terms.filter((_, other) => other !== at));
  }

  function onType(value: string, composing: boolean) {
    const { terms: ended, rest } = composing
      ? { terms: [], rest: value }
      : takeTerms(value, border);
    if (ended.length > 0) {
      add(ended, rest.trimStart());
      return;
    }
    setText(value);
    setNews("");
  }

  function onInputKey(event: KeyboardEvent<HTMLInputElement>) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      add(splitTerms(text, border), "");
    }
    // Whoever holds the key down to clear the text does not mean the chips.
    if (event.key === "Backspace" && text === "" && !event.repeat && terms.length > 0)
      remove(terms.length - 1, false);
  }

  return (
    <div className={styles.field} role="group" aria-labelledby={`${id}-label`}>
      <label id={`${id}-label`} htmlFor={id}>
        {label}
        {props.of !== undefined && <span className="unseen"> {props.of}</span>}
      </label>
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions -- arrow keys lead on from within */}
      <div ref={box} className={styles.box} onKeyDown={(event) => moveByArrow(event, box.current)}>
        {terms.length > 0 && (
          <ul className={styles.chips}>
            {terms.map((term, at) => (
              <TermChip
                // A filter that was written elsewhere may hold a term twice.
                key={`${at} ${term}`}
                term={term}
                counted={props.counted ?? "title"}
                count={counts?.get(term)}
                problem={problems?.get(term)}
                shown={props.shown === term}
                shownBy={props.shownBy}
                onShow={props.onShow && (() => props.onShow?.(term))}
                onRemove={() => remove(at, true)}
              />
            ))}
          </ul>
        )}
        <input
          id={id}
          data-term=""
          className={styles.input}
          value={text}
          placeholder={terms.length === 0 ? (props.placeholder ?? "Type a term") : undefined}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          enterKeyHint="done"
          aria-describedby={hint === undefined ? undefined : `${id}-hint`}
          onChange={({ target, nativeEvent }) =>
            onType(target.value, nativeEvent instanceof InputEvent && nativeEvent.isComposing)
          }
          onCompositionEnd={({ currentTarget }) => onType(currentTarget.value, false)}
          onKeyDown={onInputKey}
          onPaste={(event) => {
            // An input would join the lines of what is pasted.
            const pasted = event.clipboardData.getData("text");
            if (!/[\r\n]/.test(pasted)) return;
            event.preventDefault();
            add(splitTerms(`${text}${pasted}`, border), "");
          }}
          onBlur={() => text.trim() !== "" && add(splitTerms(text, border), "")}
        />
      </div>
      {hint !== undefined && (
        <p id={`${id}-hint`} className="quiet small">
          {hint}
        </p>
      )}
      <p role="status" className="small foreign">
        {news}
      </p>
    </div>
  );
}

// Whether a field somewhere holds text that is no chip yet, as it is until the field is left.
export function isTermTyped(): boolean {
  const fields = document.querySelectorAll<HTMLInputElement>("input[data-term]");
  return [...fields].some(({ value }) => value.trim() !== "");
}

// Every place in a field that arrow keys lead to, in order.
function stopsIn(box: HTMLElement): HTMLElement[] {
  return [...box.querySelectorAll<HTMLElement>("button, input")];
}

function moveByArrow(event: KeyboardEvent, box: HTMLElement | null) {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const { target } = event;
  if (step === undefined || box === null || !(target instanceof HTMLElement)) return;
  // Within a text the arrows move the caret.
  if (target instanceof HTMLInputElement && target.value !== "") return;
  const stops = stopsIn(box);
  const next = stops[stops.indexOf(target) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

// Where a chip was removed that had the focus, the one behind it has it then, else the input.
function useFocusOnceGone(box: { current: HTMLElement | null }, terms: readonly string[]) {
  const at = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (at.current === null || box.current === null) return;
    const stops = stopsIn(box.current);
    const removers = stops.filter((stop) => stop.dataset.remove !== undefined);
    (removers[at.current] ?? stops.at(-1))?.focus();
    at.current = null;
  }, [box, terms]);
  return (next: number) => {
    at.current = next;
  };
}
