import { PageFrame } from "../app/page_frame";

export function ConfigurePage() {
  return <PageFrame title="Configure">{null}</PageFrame>;
}
