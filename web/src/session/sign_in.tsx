// The sign-in: as a page of its own, and over a page whose session ended, so that nothing there is lost.
import { useQuery } from "@tanstack/react-query";
import { type SyntheticEvent, useId, useRef, useState } from "react";

import { api, dataOf } from "../api/client";
import { ApiError, sentenceOf } from "../api/errors";
import { Button } from "../parts/button";
import { Notice } from "../parts/notice";
import { Waiting } from "../parts/waiting";
import { enterWithPassword } from "./enter";
import { goToGoogle, goToGoogleApart } from "./google";
import styles from "./sign_in.module.css";

interface SignInProps {
  ended: string | null; // why the last session ended
  problem: string | null; // of an entrance that was just tried
  kept: boolean; // a page waits behind it, with what was typed there
}

export function SignIn({ ended, problem, kept }: SignInProps) {
  const ways = useQuery({ queryKey: ["ways"], queryFn: () => dataOf(api.GET("/auth/ways")) });
  return (
    <div className={styles.door}>
      <h1>{ended === null ? "Sign in to Rolecall" : "Sign in again"}</h1>
      <p className="quiet">
        Every opening at the companies that you follow, and what became of it.
      </p>
      {ended !== null && (
        <Notice tone="warn" title="Your session ended." alert>
          <p>
            {ended} You come back to where you were{kept && ", with all that you typed"}.
          </p>
        </Notice>
      )}
      {problem !== null && (
        <Notice tone="bad" alert>
          <p>{problem}</p>
        </Notice>
      )}
      {ways.isPending && <Waiting>Asking the server how you can sign in…</Waiting>}
      {ways.isError && (
        <Notice
          tone="bad"
          title={sentenceOf(ways.error)}
          actions={<Button onClick={() => void ways.refetch()}>Try again</Button>}
        />
      )}
      {ways.data && <Ways ways={ways.data} kept={kept} />}
    </div>
  );
}

interface WaysProps {
  ways: { google_client_id: string | null; password: boolean; local: boolean };
  kept: boolean;
}

function Ways({ ways, kept }: WaysProps) {
  const { google_client_id: clientId } = ways;
  return (
    <div className="stack">
      {clientId !== null && <Google clientId={clientId} kept={kept} />}
      {clientId !== null && ways.password && <p className={styles.or}>or</p>}
      {ways.password && <PasswordForm />}
      {ways.local && (
        <p className="quiet small">
          Or open the address that the server prints when it starts{kept && ", in another tab"}: it
          signs in once, within ten minutes.
        </p>
      )}
      {clientId === null && !ways.password && !ways.local && (
        <Notice tone="warn" title="Nobody can sign in here yet.">
          <p>
            Whoever runs this server makes a user with <code>rolecall users add</code>, or sets
            Google sign-in up.
          </p>
        </Notice>
      )}
    </div>
  );
}

// Leaves no page that is kept, unless a person says so.
function Google({ clientId, kept }: { clientId: string; kept: boolean }) {
  const [blocked, setBlocked] = useState(false);
  const leave = () => goToGoogle(clientId, currentPlace());
  const openApart = () => setBlocked(!goToGoogleApart(clientId, currentPlace()));
  return (
    <>
      <Button onClick={kept ? openApart : leave}>Continue with Google</Button>
      {kept && (
        <p className="quiet small">It opens a window, and this page goes on once you are in.</p>
      )}
      {blocked && (
        <Notice
          tone="warn"
          title="The browser did not open a window for Google."
          actions={<Button onClick={leave}>Leave for Google</Button>}
          alert
        >
          <p>
            Allow windows to this page and try again. Or leave it: you come back to where you were,
            without what you typed.
          </p>
        </Notice>
      )}
    </>
  );
}

function currentPlace(): string {
  return window.location.pathname + window.location.search;
}

function PasswordForm() {
  const id = useId();
  const password = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function enter(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(null);
    try {
      await enterWithPassword(textOf(given, "email"), textOf(given, "password"));
    } catch (error) {
      setProblem(problemOf(error));
      password.current?.select();
      password.current?.focus();
    } finally {
      setBusy(false);
    }
  }

  return (
    <form className="stack" onSubmit={(event) => void enter(event)}>
      <div className={styles.field}>
        <label htmlFor={`${id}-email`}>E-mail</label>
        <input
          id={`${id}-email`}
          name="email"
          type="text"
          inputMode="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
        />
      </div>
      <div className={styles.field}>
        <label htmlFor={`${id}-password`}>Password</label>
        <input
          ref={password}
          id={`${id}-password`}
          name="password"
          type="password"
          autoComplete="current-password"
          required
          aria-invalid={problem !== null}
          aria-describedby={`${id}-problem`}
        />
      </div>
      <p id={`${id}-problem`} role="alert" className={styles.problem}>
        {problem}
      </p>
      <Button type="submit" kind="primary" busy={busy}>
        Sign in
      </Button>
    </form>
  );
}

function textOf(form: FormData, field: string): string {
  const given = form.get(field);
  return typeof given === "string" ? given : "";
}

function problemOf(error: unknown): string {
  if (!(error instanceof ApiError) || error.status !== 429 || error.retryAfter === null)
    return sentenceOf(error);
  const wait = `${error.retryAfter} s`;
  return error.message.includes(wait) ? error.message : `${error.message} (${wait})`;
}
