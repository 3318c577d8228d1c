// The companies of a preview in their order; those with news stand open, as many as a person can look over.
import { useState } from "react";

import { type Setting, useCompanies } from "../api/queries";
import { Button } from "../parts/button";
import { CompanySection } from "./company_section";
import type { Drafts } from "./drafts";
import { type Preview, standingOf, type TitleFilters } from "./previewed";
import type { Sorted } from "./use_sorted";

interface CompaniesProps {
  preview: Preview;
  settings: readonly Setting[];
  drafts: Drafts;
  sorted: Readonly<Record<string, Sorted>>;
  onDraft: (setting: Setting, filters: TitleFilters | null) => void;
  titleOf: (name: string) => string;
}

const mostOpenAtFirst = 6;

// Those that failed are open once they are read: somebody asked for them.
function openAtFirst({ order, companies }: Preview, drafts: Drafts): ReadonlySet<string> {
  const withNews = order.filter((name) => {
    const one = companies[name];
    return one !== undefined && ["incomplete", "news"].includes(standingOf(one));
  });
  const failed = order.filter((name) => companies[name]?.status === "error");
  return new Set([...failed, ...withNews.slice(0, mostOpenAtFirst), ...Object.keys(drafts)]);
}

// A preview that is made anew leaves companies open and closed as a person left them; those that it brings, and those
// that it could not read any more, stand as in a first one.
function useOpenCompanies(preview: Preview, drafts: Drafts) {
  const [before, setBefore] = useState(preview);
  const [open, setOpen] = useState(() => openAtFirst(preview, drafts));
  if (before.companies !== preview.companies) {
    setBefore(preview);
    const atFirst = openAtFirst(preview, drafts);
    const isAsBefore = (name: string) =>
      name in before.companies && preview.companies[name]?.status !== "error";
    setOpen(new Set(preview.order.filter((name) => (isAsBefore(name) ? open : atFirst).has(name))));
  }
  return [open, setOpen] as const;
}

export function Companies(props: CompaniesProps) {
  const { preview, settings, drafts, sorted, onDraft, titleOf } = props;
  const known = useCompanies().data;
  const [open, setOpen] = useOpenCompanies(preview, drafts);
  const toggle = (name: string, isOpen: boolean) => {
    const others = [...open].filter((other) => other !== name);
    setOpen(new Set(isOpen ? [...others, name] : others));
  };
  // Those that can be closed.
  const foldable = preview.order.filter((name) => preview.companies[name]?.status === "success");
  const someOpen = foldable.some((name) => open.has(name));
  return (
    <div className="stack">
      <div className="row spread">
        <h2>Companies</h2>
        {foldable.length > 1 && (
          <Button kind="quiet" onClick={() => setOpen(new Set(someOpen ? [] : preview.order))}>
            {someOpen ? "Close all" : "Open all"}
          </Button>
        )}
      </div>
      {preview.order.map((name) => {
        const company = preview.companies[name];
        if (company === undefined) return null;
        return (
          <CompanySection
            key={name}
            name={name}
            title={titleOf(name)}
            company={company}
            known={known?.find((one) => one.name === name)}
            setting={settings.find((one) => one.company_name === name && one.is_enabled)}
            draft={drafts[name] ?? null}
            sorted={sorted[name] ?? null}
            open={open.has(name)}
            onToggle={(isOpen) => toggle(name, isOpen)}
            onDraft={onDraft}
          />
        );
      })}
    </div>
  );
}
