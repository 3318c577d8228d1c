// What stands where a run cannot be shown: it is not there, or could not be loaded.
import { isNotThere, sentenceOf } from "../api/errors";
import { Button } from "../parts/button";
import { ButtonLink } from "../parts/button_link";
import { EmptyState } from "../parts/empty_state";
import { Notice } from "../parts/notice";

export function NoRun({ run, error, again }: { run: number; error: Error; again: () => void }) {
  if (isNotThere(error))
    return (
      <EmptyState
        alone
        title={`There is no run ${run} here.`}
        action={<ButtonLink to="/">To the start</ButtonLink>}
      >
        <p>It may belong to another account, or to another database.</p>
      </EmptyState>
    );
  return (
    <Notice
      tone="bad"
      title={`Run ${run} could not be loaded: ${sentenceOf(error)}`}
      actions={<Button onClick={again}>Try again</Button>}
      alert
    />
  );
}
