import { Button } from "@blueprintjs/core";
import type { ReactNode } from "react";
import type { ResolveContext } from "../../../../shared/filter/resolve.ts";
import type { Panes } from "../state/use-panes.ts";
import type { ControlProps } from "./control-props.ts";
import { DateControl } from "./date-control.tsx";
import { ValueControl } from "./value-control.tsx";

interface ControlBarProps extends ControlProps {
  readonly times: ResolveContext;
  readonly span: { readonly from: number; readonly to: number } | undefined;
  readonly panes: Panes;
  readonly isComparing: boolean;
  /** Nothing is shown yet that could be compared. */
  readonly isEmpty: boolean;
  onCompare(): void;
}

/** The controls that most filters need, and what else the screen shows. */
export function ControlBar({ text, isWaiting, onText, times, span, panes, ...props }: ControlBarProps): ReactNode {
  return (
    <div className="control-bar" role="group" aria-label="Controls" data-region>
      <ValueControl field="api" title="API" text={text} isWaiting={isWaiting} onText={onText} />
      <ValueControl field="developer" title="Developer" text={text} isWaiting={isWaiting} onText={onText} />
      <DateControl text={text} isWaiting={isWaiting} onText={onText} times={times} span={span} />
      <span className="gap" />
      <Button
        size="small"
        text="Compare"
        active={props.isComparing}
        aria-pressed={props.isComparing}
        title="A second filter beside this one (v)"
        disabled={props.isEmpty}
        onClick={props.onCompare}
      />
      {panes.areDrawers && (
        <>
          <Button
            size="small"
            text="Facets"
            active={panes.facets}
            aria-expanded={panes.facets}
            onClick={() => panes.show("facets", !panes.facets)}
          />
          <Button
            size="small"
            text="Detail"
            active={panes.detail}
            aria-expanded={panes.detail}
            onClick={() => panes.show("detail", !panes.detail)}
          />
        </>
      )}
    </div>
  );
}
