import { Button, ButtonGroup } from "@blueprintjs/core";
import { memo, type ReactNode } from "react";
import type { FieldName } from "../../../shared/filter/fields.ts";
import type { FacetValues } from "../../../shared/model/explore.ts";
import { Facet } from "./facet.tsx";
import "./facets.css";

/** Every field whose values the engine counts, most used first. */
const FACET_FIELDS: readonly { field: FieldName; title: string; needsPolicy?: true }[] = [
  { field: "developer", title: "Developer" },
  { field: "api", title: "API" },
  { field: "outcome", title: "Outcome" },
  { field: "fields", title: "Fields" },
  { field: "tag", title: "Tag" },
  { field: "level", title: "Level", needsPolicy: true },
  { field: "operation", title: "Operation" },
  { field: "status", title: "Status" },
  { field: "app", title: "App" },
  { field: "source", title: "Source" },
  { field: "method", title: "Method" },
  { field: "duplicate", title: "Duplicate" },
  { field: "ip", title: "IP address" },
  { field: "actor", title: "Actor" },
  { field: "caller", title: "Caller" },
  { field: "resource", title: "Resource" },
  { field: "user_agent", title: "User agent" },
];

interface FacetsProps {
  readonly text: string;
  readonly facets: Readonly<Record<string, FacetValues>>;
  /** Field → how many values are asked for; absent: closed. */
  readonly open: Readonly<Record<string, number>>;
  readonly isWithin: boolean;
  /** The text that is written does not parse: controls wait. */
  readonly isWaiting: boolean;
  readonly hasPolicy: boolean;
  onText(text: string): void;
  onOpen(field: string, limit: number | undefined): void;
  onWithin(isWithin: boolean): void;
}

/** Fields with their values and counts; each click is a splice of the filter's text. */
export const Facets = memo(function Facets({
  text,
  facets,
  open,
  isWithin,
  isWaiting,
  hasPolicy,
  onText,
  onOpen,
  onWithin,
}: FacetsProps): ReactNode {
  return (
    <nav className="facets" aria-label="Facets" data-region>
      {FACET_FIELDS.filter(({ needsPolicy }) => !needsPolicy || hasPolicy).map(({ field, title }) => (
        <Facet
          key={field}
          field={field}
          title={title}
          text={text}
          answer={facets[field]}
          limit={open[field]}
          isWithin={isWithin}
          isWaiting={isWaiting}
          onText={onText}
          onOpen={onOpen}
        />
      ))}
      <Foot isWithin={isWithin} onWithin={onWithin} />
    </nav>
  );
});

const Foot = memo(function Foot({ isWithin, onWithin }: Pick<FacetsProps, "isWithin" | "onWithin">): ReactNode {
  return (
    <div className="facets-foot">
      <span className="muted">Count</span>
      <ButtonGroup variant="outlined">
        <Button
          size="small"
          text="without own field"
          active={!isWithin}
          onClick={() => onWithin(false)}
          title="Each field is counted without its own terms, so that the other values stay in sight"
        />
        <Button
          size="small"
          text="in filter"
          active={isWithin}
          onClick={() => onWithin(true)}
          title="Every field is counted within the whole filter"
        />
      </ButtonGroup>
    </div>
  );
});
