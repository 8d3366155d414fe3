import { Tab, Tabs } from "@blueprintjs/core";
import { memo, type ReactNode, useState } from "react";
import type { FieldName } from "../../../shared/filter/fields.ts";
import { useAsk } from "../../session/use-ask.ts";
import { Updating } from "../updating.tsx";
import { FieldsPanel } from "./fields-panel.tsx";
import { LinePanel } from "./line-panel.tsx";
import { NearbyPanel } from "./nearby-panel.tsx";
import { NotesPanel } from "./notes-panel.tsx";
import "./detail.css";

interface DetailProps {
  /** The current row's event id; absent: no row. */
  readonly event: number | undefined;
  readonly filter: string;
  readonly tags: readonly string[];
  /** Includes a value in the filter. */
  onInclude(field: FieldName, value: string): void;
}

/** One call: its fields with where they come from, its original line, the lines around it, its notes. */
export const Detail = memo(function Detail({ event, filter, tags, onInclude }: DetailProps): ReactNode {
  const [tab, setTab] = useState<string | number>("fields");
  const [more, setMore] = useState<number>();
  const asked = useAsk("call", event === undefined ? undefined : { event, ...(more === undefined ? {} : { more }) });
  return (
    <aside className="detail" aria-label="Detail" data-region tabIndex={-1}>
      {event === undefined ? (
        <p className="detail-none muted">No row.</p>
      ) : (
        <Updating asked={asked}>
          {(call) => (
            <Tabs id="detail" selectedTabId={tab} onChange={setTab} animate={false} renderActiveTabPanelOnly>
              <Tab
                id="fields"
                title="Fields"
                panel={<FieldsPanel call={call} filter={filter} tags={tags} onInclude={onInclude} />}
              />
              <Tab id="line" title="Line" panel={<LinePanel call={call} filter={filter} onMore={setMore} />} />
              <Tab id="near" title="Nearby" panel={<NearbyPanel call={call} />} />
              <Tab
                id="notes"
                title={call.notes.length === 0 ? "Notes" : `Notes ${call.notes.length}`}
                panel={<NotesPanel call={call} />}
              />
            </Tabs>
          )}
        </Updating>
      )}
    </aside>
  );
});
