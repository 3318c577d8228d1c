// Who may see the page: signs in by what the address carries, shows the sign-in where nobody is, and keeps a page
// whose session ended as it is, behind the sign-in.
import { Dialog } from "radix-ui";
import { type ReactNode, useEffect, useState } from "react";

import { useUser } from "../api/queries";
import { ApiError, sentenceOf } from "../api/errors";
import { basePath } from "../api/base_path";
import { Button } from "../parts/button";
import { Notice } from "../parts/notice";
import { Waiting } from "../parts/waiting";
import { enterOnce, enterWithGoogle } from "./enter";
import { readGoogleAnswer } from "./google";
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

interface Entrance {
  busy: boolean;
  problem: string | null;
  again: (() => void) | null;
}

// Taken before anything is drawn: whoever looks at the address later finds a place in the page.
let atFirst = takeEntrance();

function useEntrance(): Entrance {
  const [state, setState] = useState<Entrance>({
    busy: atFirst !== null,
    problem: null,
    again: null,
  });
  useEffect(() => {
    const attempt = async (enter: () => Promise<void>) => {
      setState({ busy: true, problem: null, again: null });
      try {
        await enter();
        setState({ busy: false, problem: null, again: null });
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
  return state;
}

export function Gate({ children }: { children: ReactNode }) {
  const entrance = useEntrance();
  const { token, ended } = useSession();
  const [admitted, setAdmitted] = useState<number | null>(null);
  if (entrance.busy) return <Waiting>Signing in…</Waiting>;
  if (token === null && entrance.again !== null)
    return (
      <div className={styles.page}>
        <Notice
          tone="bad"
          title={entrance.problem}
          actions={<Button onClick={entrance.again}>Try again</Button>}
          alert
        />
      </div>
    );
  if (token === null && ended === null && admitted !== null) return <Anew />;
  if (token === null && admitted === null) return <Door ended={ended} problem={entrance.problem} />;
  return (
    <Inside ended={token === null ? ended : null} admitted={admitted} onAdmit={setAdmitted}>
      {children}
    </Inside>
  );
}

// Nothing of a user stays for the next one, nor reaches the page late: answers on their way end with it.
function Anew() {
  useEffect(() => window.location.reload(), []);
  return <Waiting>Loading…</Waiting>;
}

function Door({ ended, problem }: { ended: string | null; problem: string | null }) {
  useEffect(() => {
    document.title = "Sign in · Rolecall";
  }, []);
  return (
    <main className={styles.page}>
      <SignIn ended={ended} problem={problem} />
    </main>
  );
}

interface InsideProps {
  ended: string | null;
  admitted: number | null;
  onAdmit: (id: number) => void;
  children: ReactNode;
}

// The page of whoever was let in. Over it, while its session has ended and until it is known who comes next, stands what
// is to be done: a page is kept for the same person, and loaded anew for another.
function Inside({ ended, admitted, onAdmit, children }: InsideProps) {
  const user = useUser();
  const id = user.data?.user_id ?? null;
  useEffect(() => {
    if (id !== null && admitted === null) onAdmit(id);
  }, [id, admitted, onAdmit]);
  if (id !== null && admitted !== null && id !== admitted) return <Anew />;
  const covered = id === null || admitted === null;
  return (
    <>
      {admitted !== null && (
        <div inert={covered} aria-hidden={covered || undefined}>
          {children}
        </div>
      )}
      {covered && (
        <Cover title={ended !== null ? "Sign in again" : "Loading"}>
          {ended !== null ? <SignIn ended={ended} problem={null} /> : <Entering user={user} />}
        </Cover>
      )}
    </>
  );
}

// Over the page and over dialogs that are open on it: those wait behind it, as they are.
function Cover({ title, children }: { title: string; children: ReactNode }) {
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

function Entering({ user }: { user: ReturnType<typeof useUser> }) {
  if (!user.isError) return <Waiting>Loading…</Waiting>;
  return (
    <Notice
      tone="bad"
      title={sentenceOf(user.error)}
      actions={<Button onClick={() => void user.refetch()}>Try again</Button>}
      alert
    />
  );
}
