import { PageFrame } from "../app/page_frame";

export function SummaryPage({ run }: { run: number }) {
  return <PageFrame title={`Summary, run ${run}`}>{null}</PageFrame>;
}
