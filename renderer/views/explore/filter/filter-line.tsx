import { Button } from "@blueprintjs/core";
import { type ReactNode, useMemo } from "react";
import type { RefusalData } from "../../../../shared/base/errors.ts";
import type { Draft } from "../../../parts/filter-bar/draft.ts";
import { FilterBar } from "../../../parts/filter-bar/filter-bar.tsx";
import { useReadOnly } from "../../../session/session.tsx";
import { monthsOf } from "./dates.ts";
import { SavedMenu } from "./saved-menu.tsx";

interface FilterLineProps {
  readonly draft: Draft;
  /** The text of the filter that holds. */
  readonly text: string;
  readonly refused: RefusalData | undefined;
  readonly span: { readonly from: number; readonly to: number } | undefined;
  readonly tags: readonly string[];
  onText(text: string): void;
  onColumns(columns: readonly string[]): void;
  onSave(): void;
  onLeave(): void;
}

/** The filter as text, the saved ones, and the ways to keep and to clear it. */
export function FilterLine({ draft, text, refused, span, tags, ...props }: FilterLineProps): ReactNode {
  const readOnly = useReadOnly();
  const months = useMemo(() => (span ? monthsOf(span.from, span.to).toReversed() : []), [span]);
  return (
    <search className="filter-bar" aria-label="Filter" data-region>
      <FilterBar draft={draft} refused={refused} months={months} tags={tags} onLeave={props.onLeave} />
      <SavedMenu onColumns={props.onColumns} />
      <Button
        text="Save"
        disabled={readOnly !== undefined || draft.mistake !== undefined}
        title={readOnly ?? "Save this filter"}
        onClick={props.onSave}
      />
      <Button
        text="Clear"
        disabled={text === "" && draft.text === ""}
        onClick={() => (draft.text === text ? props.onText("") : draft.change(""))}
      />
    </search>
  );
}
