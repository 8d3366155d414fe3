import type { ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { CallDetail } from "../../../shared/model/explore.ts";
import { Hash } from "../hash.tsx";
import { Inert } from "../inert.tsx";
import { Line } from "./line.tsx";

/** Characters of one line that the engine is asked for at most. */
const MAX_LINE_CHARACTERS = 10_000_000;

interface LinePanelProps {
  readonly call: CallDetail;
  readonly filter: string;
  onMore(characters: number): void;
}

/** The whole original line, and which bytes of which source it is. */
export function LinePanel({ call, filter, onMore }: LinePanelProps): ReactNode {
  return (
    <div className="detail-panel">
      <Line call={call} filter={filter} />
      {call.original.cut !== undefined && (
        <button
          type="button"
          className="link detail-more"
          onClick={() => onMore(Math.min(MAX_LINE_CHARACTERS, call.original.text.length * 10))}
        >
          Show more of the {figure(call.original.cut)} characters that are left
        </button>
      )}
      <dl className="detail-fields">
        <dt>Source</dt>
        <dd>
          <Inert text={call.member === undefined ? call.file : `${call.file}: ${call.member}`} />
        </dd>
        <dt>Bytes</dt>
        <dd>
          {figure(call.event.offset)} to {figure(call.event.offset + call.event.length)}, {call.encoding}
        </dd>
        <dt>sha256</dt>
        <dd>
          <Hash sha256={call.sha256} />
        </dd>
      </dl>
    </div>
  );
}
