// What a run would change now, company by company, before anything is changed.
import { type ReactNode, useMemo } from "react";
import { Link } from "react-router-dom";

import { PageFrame } from "../app/page_frame";
import { sentenceOf } from "../api/errors";
import {
  type FiltersForAll,
  type Setting,
  useCurrentRun,
  useFiltersForAll,
  useSettings,
} from "../api/queries";
import { useTitleOf } from "../configure/titles";
import { Button } from "../parts/button";
import { EmptyState } from "../parts/empty_state";
import { Moment } from "../parts/moment";
import { Notice } from "../parts/notice";
import { isNothingEnabled } from "./ask_preview";
import { Companies } from "./companies";
import { useDrafts } from "./drafts";
import { type Preview, totalsOf } from "./previewed";
import { PreviewTotals } from "./preview_totals";
import { ReadingBoards } from "./reading_boards";
import { changeDetails, changeSentence, changeSince } from "./staleness";
import { StartRun } from "./start_run";
import { useSorted } from "./use_sorted";
import { usePreview } from "./use_preview";

export function PreviewPage() {
  const settings = useSettings();
  const preview = usePreview(settings.data);
  const forAll = useFiltersForAll();
  const boards = settings.data?.filter((one) => one.is_enabled).length ?? 0;
  const shown = preview.data;
  if (settings.data !== undefined && (boards === 0 || isNothingEnabled(preview.error)))
    return (
      <PageFrame title="Preview">
        <EmptyState
          title="There is nothing to preview yet."
          action={<Link to="/configure">Choose companies in Configure</Link>}
        >
          <p>A preview shows what a run would change at the companies that you follow.</p>
        </EmptyState>
      </PageFrame>
    );
  const problem = preview.error ?? (settings.data === undefined ? settings.error : null);
  const again = () => void (settings.data === undefined ? settings.refetch() : preview.refetch());
  return (
    <>
      {shown !== undefined && settings.data !== undefined ? (
        <ShownPreview
          preview={shown}
          settings={settings.data}
          forAll={forAll.data ?? shown.forAll}
          busy={preview.isFetching}
          onReadAll={() => void preview.readAll()}
          onAgain={again}
        >
          {problem !== null && <Problem error={problem} again={again} kept />}
          {preview.isFetching && (
            <ReadingBoards boards={boards} turnedAway={preview.failureReason} />
          )}
        </ShownPreview>
      ) : (
        <PageFrame title="Preview">
          {problem !== null && !preview.isFetching ? (
            <Problem error={problem} again={again} kept={false} />
          ) : (
            <ReadingBoards boards={boards} turnedAway={preview.failureReason} />
          )}
        </PageFrame>
      )}
    </>
  );
}

function Problem({ error, again, kept }: { error: Error; again: () => void; kept: boolean }) {
  return (
    <Notice
      tone="bad"
      title={sentenceOf(error)}
      actions={<Button onClick={again}>Try again</Button>}
      alert
    >
      {kept && <p>What is shown below is the preview of before.</p>}
    </Notice>
  );
}

interface ShownPreviewProps {
  preview: Preview;
  settings: readonly Setting[];
  forAll: FiltersForAll;
  busy: boolean;
  onReadAll: () => void;
  onAgain: () => void;
  children: ReactNode;
}

function ShownPreview(props: ShownPreviewProps) {
  const { preview, settings, forAll, busy, onReadAll, onAgain } = props;
  const titleOf = useTitleOf();
  const { drafts, setDraft } = useDrafts(settings);
  const sorted = useSorted(drafts, preview);
  const run = useCurrentRun().data ?? null;
  const change = changeSince(preview, settings, forAll);
  const stale = change === null ? null : changeSentence(change, preview.askedAt);
  const saved = useMemo(() => totalsOf(Object.values(preview.companies)), [preview]);
  const parts = preview.order.flatMap(
    (name) => sorted[name]?.part ?? preview.companies[name] ?? [],
  );
  return (
    <PageFrame
      title="Preview"
      subtitle={
        <>
          What a run would change, made <Moment at={preview.askedAt} as="age" />. Nothing is changed
          yet.
        </>
      }
      actions={
        <>
          <Button onClick={onReadAll} busy={busy}>
            Read all again
          </Button>
          {run === null && (
            <StartRun
              settings={settings}
              totals={saved}
              stale={stale}
              drafts={drafts}
              titleOf={titleOf}
            />
          )}
        </>
      }
    >
      {run !== null && (
        <Notice
          title={`Run ${run} is at work.`}
          actions={<Link to={`/ingest/${run}`}>Go to run {run}</Link>}
        >
          <p>
            What it changes is not in this preview. Another run can be started when it has ended.
          </p>
        </Notice>
      )}
      {change !== null && (
        <Notice
          tone="warn"
          title={stale}
          actions={
            <Button onClick={onAgain} busy={busy}>
              Preview again
            </Button>
          }
        >
          <p className="foreign">{changeDetails(change, titleOf)}</p>
        </Notice>
      )}
      {props.children}
      <PreviewTotals
        totals={totalsOf(parts)}
        unsaved={Object.values(sorted).some(({ part }) => part !== undefined)}
      />
      <Companies
        preview={preview}
        settings={settings}
        drafts={drafts}
        sorted={sorted}
        onDraft={setDraft}
        titleOf={titleOf}
      />
    </PageFrame>
  );
}
