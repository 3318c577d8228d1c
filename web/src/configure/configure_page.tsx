// The stage in which a person says which companies are read, and which of their jobs matter.
import { PageFrame } from "../app/page_frame";
import { sentenceOf } from "../api/errors";
import { useCompanies, useSettings } from "../api/queries";
import { Button } from "../parts/button";
import { Notice } from "../parts/notice";
import { Waiting } from "../parts/waiting";
import { ConfigureEditor } from "./configure_editor";

export function ConfigurePage() {
  const companies = useCompanies();
  const settings = useSettings();
  const broken = [companies, settings].find((one) => one.isError);
  const again = () => {
    void companies.refetch();
    void settings.refetch();
  };
  if (companies.data !== undefined && settings.data !== undefined)
    return (
      <ConfigureEditor
        companies={companies.data}
        settings={settings.data}
        staleness={
          broken && (
            <Notice
              tone="warn"
              title={`What you see may be old: ${sentenceOf(broken.error)}`}
              actions={<Button onClick={again}>Try again</Button>}
            />
          )
        }
      />
    );
  return (
    <PageFrame title="Configure">
      {broken === undefined ? (
        <Waiting>Loading your companies…</Waiting>
      ) : (
        <Notice
          tone="bad"
          title={`Your companies could not be loaded: ${sentenceOf(broken.error)}`}
          actions={<Button onClick={again}>Try again</Button>}
          alert
        />
      )}
    </PageFrame>
  );
}
