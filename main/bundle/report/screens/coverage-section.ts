import type { SourceClock } from "../../../../shared/model/clocks.ts";
import type { Coverage } from "../../../../shared/model/finding.ts";
import { type Lane, recorded, silencesOfLane } from "../../../findings/coverage/coverage.ts";
import { silenceOf } from "../../../findings/coverage/empty-hours.ts";
import type { SourceRecord } from "../../contents/source-records.ts";
import { type Html, html, table } from "./html.ts";

const MAX_GAPS_SHOWN = 500;
const utc = (time: string): string => time.replace("T", " ").replace("Z", " UTC");
const noApi = "(none)";

/** The report's account of what the logs cover: spans, silence, gaps, and how far the sources' clocks can be followed. */
export function coverageSection(
  coverage: readonly Coverage[],
  lanes: readonly Lane[],
  sources: readonly SourceRecord[],
): Html {
  const silences = new Map(
    lanes.map((lane) => [
      keyOf(lane),
      { silence: silenceOf(recorded([lane])), untold: silencesOfLane(lane).untold.length },
    ]),
  );
  return html`<p>Each API in each source, from its first call to its last. Hours are of the UTC clock. An hour without calls may be usual for that API; a gap is a run of hours without calls in which, by the same hours of the weeks around, 20 or more were to be expected. Where no other week in that span says what is usual, whether calls are missing cannot be told.</p>
${table(
  ["source", "API", "first", "last", "#calls", "hours without", "days without", "gaps"],
  coverage.map((lane) => {
    const { silence, untold = 0 } = silences.get(keyOf(lane)) ?? {};
    return [
      String(lane.source),
      lane.api ?? noApi,
      utc(lane.from),
      utc(lane.to),
      lane.events,
      silence ? `${silence.empty_hours} of ${silence.hours}` : "",
      silence ? `${silence.empty_days} of ${silence.days}` : "",
      untold === 0 ? String(lane.gaps.length) : `${lane.gaps.length}; of ${untold} more it cannot be told`,
    ];
  }),
)}
${gapTable(coverage)}${clocks(sources)}`;
}

const keyOf = ({ source, api }: { source: number; api?: string }): string => JSON.stringify([source, api]);

function gapTable(coverage: readonly Coverage[]): Html {
  const gaps = coverage.flatMap((lane) => lane.gaps.map((gap) => ({ ...lane, ...gap })));
  if (gaps.length === 0) return html``;
  return html`<h3>Gaps</h3>
${gaps.length > MAX_GAPS_SHOWN ? html`<p>The first ${MAX_GAPS_SHOWN} of ${gaps.length}; all are in extract/coverage.json.</p>` : html``}
${table(
  ["source", "API", "no calls from", "to"],
  gaps.slice(0, MAX_GAPS_SHOWN).map((gap) => [String(gap.source), gap.api ?? noApi, utc(gap.from), utc(gap.to)]),
)}`;
}

function clocks(sources: readonly SourceRecord[]): Html {
  const disordered = sources.flatMap(({ clock, ...source }) =>
    clock && clock.backward > 0 ? [{ source, clock }] : [],
  );
  if (disordered.length === 0)
    return html`<h3>Clocks</h3><p>The records of every source stand in the order of their times.</p>`;
  const jumps = disordered.flatMap(({ source, clock }) => clock.first_jumps.map((jump) => ({ source, jump })));
  return html`<h3>Clocks</h3>
<p>Sources whose records do not all stand in the order of their times. The usual step back is the median; a jump is a step back of a minute or more, and of more than ten times the usual one.</p>
${table(
  ["source", "file", "order", "#records", "#steps back", "usual", "furthest", "#jumps"],
  disordered.map(({ source, clock }) => [
    String(source.source),
    source.file,
    clock.order,
    clock.events,
    clock.backward,
    clock.usual === 0 ? "too few to say" : span(clock.usual),
    span(clock.furthest),
    clock.jumps,
  ]),
)}
${
  jumps.length === 0
    ? html``
    : table(
        ["source", "#line", "from", "back to", "by", "what it looks like"],
        jumps.map(({ source, jump }) => [
          String(source.source),
          jump.line,
          utc(jump.from),
          utc(jump.to),
          span(jump.seconds),
          jump.ahead_since === undefined
            ? "the clock was set back, or older records begin"
            : `the clock had run ahead since line ${jump.ahead_since}`,
        ]),
      )
}`;
}

const span = (seconds: SourceClock["usual"]): string =>
  seconds < 120
    ? `${Number(seconds.toFixed(3))} s`
    : seconds < 7200
      ? `${Math.round(seconds / 60)} min`
      : seconds < 172_800
        ? `${Math.round(seconds / 3600)} h`
        : `${Math.round(seconds / 86_400)} days`;
