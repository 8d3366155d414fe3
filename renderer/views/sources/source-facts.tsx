import type { ReactNode } from "react";
import { isBareDate } from "../../../shared/base/time.ts";
import type { Acquisition, SourceState } from "../../../shared/model/source.ts";
import { Hash } from "../../parts/hash.tsx";
import { Inert } from "../../parts/inert.tsx";
import { FilterLink } from "../../parts/number-link.tsx";
import { ZoneDoubts } from "../../parts/zone-doubts.tsx";
import { counted, instant, size } from "../../text/format.ts";
import { zoneWords } from "../../text/ledger-words.ts";
import { Clock } from "./clock.tsx";

/** How the source was read, what it holds, and its original. */
export function SourceFacts({ source }: { source: SourceState }): ReactNode {
  return (
    <dl className="facts">
      <dt>Source</dt>
      <dd>
        {source.source} <FilterLink filter={`source:${source.source}`}>Show the rows</FilterLink>
      </dd>
      <dt>Format</dt>
      <dd>
        <Inert text={source.format} />, {source.encoding}
        {source.compression === undefined ? "" : `, ${source.compression}`}
      </dd>
      <dt>Zone</dt>
      <dd>
        {zoneWords(source)}
        <ZoneDoubts source={source} />
      </dd>
      <dt>First call</dt>
      <dd className="mono">{source.first ? instant(source.first) : "no calls"}</dd>
      <dt>Last call</dt>
      <dd className="mono">{source.last ? instant(source.last) : "no calls"}</dd>
      <Clock source={source.source} />
      {source.acquisition && <AcquisitionFacts {...source.acquisition} />}
      {source.reference && (
        <>
          <dt>Original</dt>
          <dd>
            {REFERENCE_WORDS[source.reference.state]}: <Inert text={source.reference.path} />
          </dd>
        </>
      )}
      <dt>Size</dt>
      <dd>{size(source.bytes)}</dd>
      <dt>Duplicates</dt>
      <dd>{counted(source.duplicates, "call")}, kept and left out of every count</dd>
      {source.impossible_numbers !== undefined && (
        <>
          <dt>Below zero</dt>
          <dd>
            {counted(source.impossible_numbers, "count, size or duration", "counts, sizes and durations")}, taken as
            absent
          </dd>
        </>
      )}
      <dt>sha256</dt>
      <dd>
        <Hash sha256={source.sha256} /> <span className="mono muted source-hash">{source.sha256}</span>
      </dd>
    </dl>
  );
}

function AcquisitionFacts({ from, on, medium, method, digest, digest_matches, seal, note }: Acquisition): ReactNode {
  return (
    <>
      <dt>Received</dt>
      <dd>
        {isBareDate(on) ? on : instant(on)} from <Inert text={from} />, <Inert text={medium} />, <Inert text={method} />
        {seal !== undefined && (
          <>
            , seal <Inert text={seal} />
          </>
        )}
        {note !== undefined && (
          <>
            . <Inert text={note} />
          </>
        )}
      </dd>
      {digest !== undefined && (
        <>
          <dt>Stated digest</dt>
          <dd className={digest_matches ? "" : "warning"}>
            <Hash sha256={digest} /> {digest_matches ? "matches" : "differs from the file's: ask for it again"}
          </dd>
        </>
      )}
    </>
  );
}

/** An original that was left where it lay, by what its size and date say now. */
const REFERENCE_WORDS = {
  unchanged: "not copied; where it was found",
  changed: "not copied, and changed since",
  gone: "not copied, and gone",
} as const;
