import { PageFrame } from "../app/page_frame";

export function PreviewPage() {
  return <PageFrame title="Preview">{null}</PageFrame>;
}
