import { type ReactNode, useMemo } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { CallDetail } from "../../../shared/model/explore.ts";
import { Hash } from "../hash.tsx";
import { Inert } from "../inert.tsx";
import { highlightsOf } from "./highlights.ts";

/** In the short view, what nobody reads at a glance is not drawn. */
const SHORT_CHARACTERS = 700;

/** The record as it stands in the original, with the words that the fields were read from. */
export function Line({ call, filter, lines }: { call: CallDetail; filter: string; lines?: number }): ReactNode {
  const { original, file, sha256, missing } = call;
  const text = lines === undefined ? original.text : original.text.slice(0, SHORT_CHARACTERS);
  const rest = original.text.length - text.length + (original.cut ?? 0);
  const parts = useMemo(() => {
    const found: ReactNode[] = [];
    let at = 0;
    for (const { from, to, kind } of highlightsOf(text, call, filter)) {
      if (from > at) found.push(<Inert key={`${at}-`} text={text.slice(at, from)} most={Number.POSITIVE_INFINITY} />);
      found.push(
        <mark key={from} className={`line-${kind}`}>
          <Inert text={text.slice(from, to)} most={Number.POSITIVE_INFINITY} />
        </mark>,
      );
      at = to;
    }
    if (at < text.length) found.push(<Inert key="end" text={text.slice(at)} most={Number.POSITIVE_INFINITY} />);
    return found;
  }, [text, call, filter]);
  return (
    <figure className="line">
      <figcaption>
        <strong className="cut">
          <Inert text={file} />, line {figure(original.line)}
        </strong>
        {lines !== undefined && <Hash sha256={sha256} />}
      </figcaption>
      {missing === undefined ? (
        <div
          className={lines === undefined ? "line-text mono" : "line-text line-short mono"}
          {...(lines === undefined ? { tabIndex: 0, role: "group", "aria-label": "Original line" } : {})}
        >
          {parts}
          {rest > 0 && lines !== undefined && <span className="muted"> … {figure(rest)} more characters</span>}
        </div>
      ) : (
        <p className="warning">{missing}.</p>
      )}
    </figure>
  );
}
