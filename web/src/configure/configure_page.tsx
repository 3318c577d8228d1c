// The stage in which a person says which companies are read, and which of their jobs matter.
import { PageFrame } from "../app/page_frame";
import { sentenceOf } from "../api/errors";
import { useCompanies, useFiltersForAll, useSettings } from "../api/queries";
import { Button } from "../parts/button";
import { Notice } from "../parts/notice";
import { Waiting } from "../parts/waiting";
import { ConfigureEditor } from "./configure_editor";

export function ConfigurePage() {
  const companies = useCompanies();
  const settings = useSettings();
  const forAll = useFiltersForAll();
  const broken = [companies, settings, forAll].find((one) => one.isError);
  const again = () => {
    void companies.refetch();
    void settings.refetch();
    void forAll.refetch();
  };
  if (companies.data !== undefined && settings.data !== undefined && forAll.data !== undefined)
    return (
      <ConfigureEditor
        companies={companies.data}
        settings={settings.data}
        filtersForAll={forAll.data}
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
