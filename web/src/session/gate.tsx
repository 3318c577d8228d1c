// Who may see the page: signs in by what the address carries, shows the sign-in where nobody is, and keeps a page
// whose session ended as it is, behind the sign-in.
import { Dialog } from "radix-ui";
import { type ReactNode, useCallback, useEffect, useState } from "react";

import { queryClient, useUser } from "../api/queries";
import { ApiError, sentenceOf } from "../api/errors";
import { basePath } from "../api/base_path";
import { Button } from "../parts/button";
import { Notice } from "../parts/notice";
import { Waiting } from "../parts/waiting";
import { enterOnce, enterWithGoogle } from "./enter";
import { closeIfApart, readGoogleAnswer } from "./google";
import { useSession } from "./session";
import { SignIn } from "./sign_in";
import styles from "./sign_in.module.css";

// What the address carries: the secret that the server printed, or Google's answer. It is taken out of the address,
// so that it stands in no history.
function takeEntrance(): (() => Promise<void>) | null {
  const fragment = window.location.hash;
  const secret = new URLSearchParams(fragment.slice(1)).get("once");
  if (secret !== null) {
    history.replaceState(history.state, "", window.location.pathname + window.location.search);
    return () => enterOnce(secret);
  }
  const answer = readGoogleAnswer(fragment);
  if (answer === null) return null;
  const place = answer.place.startsWith(`${basePath}/`) ? answer.place : `${basePath}/`;
  history.replaceState(history.state, "", place);
  const { token, problem } = answer;
  if (token === null) return () => Promise.reject(new Error(problem ?? ""));
  return () => enterWithGoogle(token);
}

interface Attempt {
  busy: boolean;
  problem: string | null;
  again: (() => void) | null;
}

interface Entrance extends Attempt {
  forget: () => void; // what went wrong
}

const none: Attempt = { busy: false, problem: null, again: null };

// Taken before anything is drawn: whoever looks at the address later finds a place in the page.
let atFirst = takeEntrance();

function useEntrance(): Entrance {
  const [state, setState] = useState<Attempt>({ ...none, busy: atFirst !== null });
  useEffect(() => {
    const attempt = async (enter: () => Promise<void>) => {
      setState({ ...none, busy: true });
      try {
        await enter();
        setState(none);
      } catch (error) {
        // What was not taken can be tried again; what was refused is used up.
        const mayPass = error instanceof ApiError && (error.status === 0 || error.status >= 500);
        const again = mayPass ? () => void attempt(enter) : null;
        setState({ busy: false, problem: sentenceOf(error), again });
      }
    };
    const look = () => {
      const enter = atFirst ?? takeEntrance();
      atFirst = null;
      if (enter !== null) void attempt(enter);
    };
    look();
    window.addEventListener("hashchange", look);
    return () => window.removeEventListener("hashchange", look);
  }, []);
  const forget = useCallback(() => setState(none), []);
  return { ...state, forget };
}

// A page is kept for the same person, and loaded anew for another. Over it, while its session has ended and until it is
// known who comes next, stands what is to be done.
export function Gate({ children }: { children: ReactNode }) {
  const entrance = useEntrance();
  const { token, ended } = useSession();
  const user = useUser();
  const id = user.data?.user_id ?? null;
  const [admitted, setAdmitted] = useState<number | null>(null);
  const { busy, forget } = entrance;
  useEffect(() => {
    if (id === null || busy) return;
    setAdmitted((before) => before ?? id);
    forget();
    void queryClient.refetchQueries({ type: "active", predicate: wasRefused });
  }, [id, busy, forget]);
  const isNew = admitted === null;
  useEffect(() => {
    if (token === null && isNew) document.title = "Sign in · Rolecall";
  }, [token, isNew]);
  useEffect(() => {
    if (token !== null && !busy) closeIfApart();
  }, [token, busy]);

  const left = token === null ? ended === null : id !== null && id !== admitted;
  if (!isNew && left) return <Anew />;
  const covered = busy || id === null || isNew;
  const cover = <Cover entrance={entrance} user={user} kept={!isNew} />;
  if (isNew) return <main className={styles.page}>{cover}</main>;
  return (
    <>
      <div inert={covered} aria-hidden={covered || undefined}>
        {children}
      </div>
      {covered && <Over title={token === null ? "Sign in again" : "Loading"}>{cover}</Over>}
    </>
  );
}

// What a kept page asked with the token that had ended.
function wasRefused({ state }: { state: { error: Error | null } }): boolean {
  return state.error instanceof ApiError && state.error.status === 401;
}

// Nothing of a user stays for the next one, nor reaches the page late: answers on their way end with it.
function Anew() {
  useEffect(() => window.location.reload(), []);
  return <Waiting>Loading…</Waiting>;
}

interface CoverProps {
  entrance: Entrance;
  user: ReturnType<typeof useUser>;
  kept: boolean; // a page waits behind it
}

// What is to be done before the page is shown.
function Cover({ entrance, user, kept }: CoverProps) {
  const { token, ended } = useSession();
  if (entrance.busy) return <Waiting>Signing in…</Waiting>;
  if (token === null && entrance.again === null)
    return <SignIn ended={ended} problem={entrance.problem} kept={kept} />;
  if (token !== null && !user.isError) return <Waiting>Loading…</Waiting>;
  const again = token === null ? entrance.again : () => void user.refetch();
  return (
    <Notice
      tone="bad"
      title={token === null ? entrance.problem : sentenceOf(user.error)}
      actions={<Button onClick={() => again?.()}>Try again</Button>}
      alert
    />
  );
}

// Over the page and over dialogs that are open on it: those wait behind it, as they are.
function Over({ title, children }: { title: string; children: ReactNode }) {
  const stay = (event: Event) => event.preventDefault();
  return (
    <Dialog.Root open>
      <Dialog.Portal>
        <Dialog.Content
          className={styles.over}
          aria-describedby={undefined}
          onEscapeKeyDown={stay}
          onInteractOutside={stay}
        >
          <Dialog.Title asChild>
            <span className="unseen">{title}</span>
          </Dialog.Title>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
