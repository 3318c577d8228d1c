// The views that are kept: chosen, saved, told as a feed, deleted.
import { useState } from "react";

import { Menu, MenuItem, MenuLabel, MenuLine } from "../parts/menu";
import { type JobsQuery, sorts, statuses } from "./jobs_query";
import { isViewOf, useViews, type View } from "./use_views";
import { SaveViewDialog } from "./save_view_dialog";
import { ViewDialog } from "./view_dialog";

interface ViewsMenuProps {
  query: JobsQuery;
  onQuery: (query: JobsQuery) => void;
}

function queryOf(view: View): JobsQuery {
  return {
    q: view.q ?? "",
    companies: view.company,
    status: statuses.find((one) => one === view.status) ?? "all",
    made: null,
    sort: sorts.find((one) => one === view.sort) ?? null,
    exact: false,
  };
}

export function ViewsMenu({ query, onQuery }: ViewsMenuProps) {
  const views = useViews().data ?? [];
  const [saving, setSaving] = useState(false);
  const [opened, setOpened] = useState<string | null>(null);
  const shown = views.find((view) => isViewOf(view, query));
  const looked = views.find((view) => view.name === opened);
  return (
    <>
      <Menu
        label={shown === undefined ? "Views" : `View ${shown.name}`}
        trigger={
          <>
            <span className="foreign">{shown?.name ?? "Views"}</span>
            <span aria-hidden="true">▾</span>
          </>
        }
      >
        {views.length === 0 && <MenuLabel>Keep what you look for again and again</MenuLabel>}
        {views.map((view) => (
          <MenuItem key={view.name} onSelect={() => onQuery(queryOf(view))}>
            <span className="foreign">{view.name}</span>
          </MenuItem>
        ))}
        <MenuLine />
        {query.made === null && (
          <MenuItem onSelect={() => setSaving(true)}>Save this as a view…</MenuItem>
        )}
        {shown !== undefined && (
          <MenuItem onSelect={() => setOpened(shown.name)}>
            Feed of this view, or delete it…
          </MenuItem>
        )}
      </Menu>
      {saving && <SaveViewDialog query={query} onClose={() => setSaving(false)} />}
      {looked !== undefined && <ViewDialog view={looked} onClose={() => setOpened(null)} />}
    </>
  );
}
