// Asks by which name a view is kept.
import { type SyntheticEvent, useState } from "react";

import { sentenceOf } from "../api/errors";
import { Button } from "../parts/button";
import { Dialog } from "../parts/dialog";
import { Field } from "../parts/field";
import { toast } from "../parts/toasts";
import type { JobsQuery } from "./jobs_query";
import { useChangeViews, useViews } from "./use_views";

interface SaveViewDialogProps {
  query: JobsQuery;
  onClose: () => void;
}

export function SaveViewDialog({ query, onClose }: SaveViewDialogProps) {
  const [name, setName] = useState("");
  const { save } = useChangeViews();
  const isTaken = useViews().data?.some((view) => view.name === name.trim()) ?? false;
  function keep(event: SyntheticEvent) {
    event.preventDefault();
    save.mutate(
      { name: name.trim(), query },
      {
        onSuccess: (view) => {
          toast(`Saved as ${view.name}.`);
          onClose();
        },
      },
    );
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title="Save this as a view"
      description="Its words, companies, status and order are kept by a name."
    >
      <form className="stack" onSubmit={keep}>
        <Field
          label="Name"
          hint={isTaken ? "There is a view of that name: this takes its place." : undefined}
          problem={save.isError ? sentenceOf(save.error) : undefined}
        >
          {(given) => (
            <input
              {...given}
              data-autofocus
              value={name}
              maxLength={80}
              autoComplete="off"
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <div className="row">
          <Button type="submit" kind="primary" busy={save.isPending} disabled={name.trim() === ""}>
            Save view
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
