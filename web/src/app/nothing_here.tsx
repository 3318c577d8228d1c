// What an address shows that leads nowhere, and what a page shows that broke.
import { useRouteError } from "react-router-dom";

import { sentenceOf } from "../api/errors";
import { EmptyState } from "../parts/empty_state";
import { Button } from "../parts/button";
import { ButtonLink } from "../parts/button_link";

export function NothingHere() {
  return (
    <EmptyState
      alone
      title="There is nothing at this address."
      action={<ButtonLink to="/">To the start</ButtonLink>}
    >
      <p>It may have been mistyped, or belong to another account.</p>
    </EmptyState>
  );
}

export function BrokenPage() {
  const error = useRouteError();
  return (
    <main>
      <EmptyState
        alone
        title="This page broke."
        action={<Button onClick={() => window.location.reload()}>Load it anew</Button>}
      >
        <p className="foreign">{sentenceOf(error)}</p>
      </EmptyState>
    </main>
  );
}
