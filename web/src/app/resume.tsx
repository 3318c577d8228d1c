// The address without a stage: leads to the run that is active, else to where one begins.
import { Navigate } from "react-router-dom";

import { sentenceOf } from "../api/errors";
import { useCurrentRun } from "../api/queries";
import { Button } from "../parts/button";
import { Notice } from "../parts/notice";
import { Waiting } from "../parts/waiting";

export function Resume() {
  const current = useCurrentRun();
  if (current.isError)
    return (
      <Notice
        tone="bad"
        title={sentenceOf(current.error)}
        actions={<Button onClick={() => void current.refetch()}>Try again</Button>}
        alert
      />
    );
  if (current.isPending) return <Waiting>Looking for a run that is active…</Waiting>;
  return <Navigate replace to={current.data === null ? "/configure" : `/ingest/${current.data}`} />;
}
