// A dialog over the page, and one that asks before something is done. Radix keeps focus and names; the backdrop is our
// own, since Radix's writes style elements, which the content policy forbids.
import { AlertDialog, Dialog as RadixDialog } from "radix-ui";
import { type ReactNode, useEffect, useRef } from "react";

import { Button } from "./button";
import styles from "./dialog.module.css";

// What had the focus before has it again: Radix gives it back to triggers of its own alone. Meanwhile it is with what a
// dialog marks by data-autofocus, else with the first thing in it.
function useFocusBack() {
  const before = useRef<Element | null>(null);
  return {
    onOpenAutoFocus: (event: Event) => {
      before.current = document.activeElement;
      if (!(event.target instanceof HTMLElement)) return;
      const first = event.target.querySelector<HTMLElement>("[data-autofocus]");
      if (first === null) return;
      event.preventDefault();
      first.focus();
    },
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault();
      if (before.current instanceof HTMLElement) before.current.focus();
    },
  };
}

// Radix hides what lies behind from those who hear the page; by keys it cannot be reached either.
function useInertPage(open: boolean) {
  useEffect(() => {
    const page = document.getElementById("page");
    if (!open || page === null) return undefined;
    page.inert = true;
    return () => {
      page.inert = false;
    };
  }, [open]);
}

interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  description?: ReactNode;
  children: ReactNode;
}

export function Dialog({ open, onClose, title, description, children }: DialogProps) {
  const focusBack = useFocusBack();
  useInertPage(open);
  return (
    <RadixDialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <RadixDialog.Portal>
        <div className={styles.backdrop} data-backdrop />
        <RadixDialog.Content
          className={styles.dialog}
          {...focusBack}
          {...(description === undefined ? { "aria-describedby": undefined } : {})}
        >
          <div className={styles.head}>
            <RadixDialog.Title asChild>
              <h1 className={styles.title}>{title}</h1>
            </RadixDialog.Title>
            <RadixDialog.Close className={styles.close} aria-label="Close">
              ×
            </RadixDialog.Close>
          </div>
          {description !== undefined && (
            <RadixDialog.Description asChild>
              <div className="quiet">{description}</div>
            </RadixDialog.Description>
          )}
          {children}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

interface ConfirmProps {
  open: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode; // what will happen
  confirm: string; // the verb on the button
  danger?: boolean;
  busy?: boolean;
  problem?: ReactNode; // why it was refused
  onConfirm: () => void;
  cancel?: string;
}

// Stays open until its owner closes it, so that a refusal can be read where the question was.
export function ConfirmDialog(props: ConfirmProps) {
  const focusBack = useFocusBack();
  useInertPage(props.open);
  return (
    <AlertDialog.Root open={props.open} onOpenChange={(next) => !next && props.onClose()}>
      <AlertDialog.Portal>
        <div className={styles.backdrop} data-backdrop />
        <AlertDialog.Content className={styles.dialog} {...focusBack}>
          <AlertDialog.Title asChild>
            <h1 className={styles.title}>{props.title}</h1>
          </AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div>{props.children}</div>
          </AlertDialog.Description>
          {props.problem && (
            <p role="alert" className={[styles.problem, "foreign"].join(" ")}>
              {props.problem}
            </p>
          )}
          <div className={styles.foot}>
            <AlertDialog.Cancel asChild>
              <Button>{props.cancel ?? "Cancel"}</Button>
            </AlertDialog.Cancel>
            <Button
              kind={props.danger ? "danger" : "primary"}
              busy={props.busy ?? false}
              onClick={props.onConfirm}
            >
              {props.confirm}
            </Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
