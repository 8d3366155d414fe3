import { figure } from "../../../../shared/base/figure.ts";
import { isBareDate } from "../../../../shared/base/time.ts";
import { ledgerFigures } from "../../../../shared/model/ledger.ts";
import { namedFile } from "../../../../shared/model/source.ts";
import { callsPlace } from "../../../../shared/viewer/places.ts";
import type { PageAct } from "../../contents/page-input.ts";
import type { SourceRecord } from "../../contents/source-records.ts";
import { type Html, html, table } from "./html.ts";

const utc = (time: string): string => time.replace("T", " ").replace("Z", " UTC");

/** The report's account of what went in: the line ledger with its sums, what was rejected and why, what was withdrawn. */
export function sourceSection(sources: readonly SourceRecord[], acts: readonly PageAct[]): Html {
  const counted = sources.filter((source) => source.withdrawn === undefined);
  return html`<p>Every physical line of every source is in exactly one of three places; the sums are shown.</p>
${table(
  ["source", "file", "format", "times", "#lines", "#= events", "#+ rejected", "#+ skipped", "#duplicates", "sha256"],
  [...counted.map((source) => row(source, acts)), total(counted)],
)}
<p class="m">Lines, events, rejected and skipped count physical lines: lines = events + rejected + skipped. A duplicate is a record that another export already holds, byte for byte; it is kept, marked and not counted.</p>
${acquired(sources)}${referenced(sources)}${rejected(counted)}${withdrawn(sources)}`;
}

/** How the zone of a source's times is known, and by whom. */
function zoneText({ source, timezone, timezone_from: from }: SourceRecord, acts: readonly PageAct[]): string {
  const told = acts.findLast(
    ({ act, detail }) => (act === "import" || act === "remap") && Number(detail?.source) === source,
  );
  const by = told?.by ?? "an act that is hidden here";
  const known: Readonly<Record<string, string>> = {
    timestamps: "the log's own times say it",
    mapping: `the mapping says it, chosen by ${by}`,
    option: `said by ${by}`,
    assumed: `assumed, no one said it; imported by ${by}`,
  };
  return `${timezone}: ${known[from] ?? from}`;
}

const row = (source: SourceRecord, acts: readonly PageAct[]) => [
  html`<a href="${callsPlace(`source:${source.source}`)}" title="its calls in this bundle">${String(source.source)}</a>`,
  namedFile(source),
  source.format,
  zoneText(source, acts),
  ...ledgerFigures([source]),
  html`<code>${source.sha256}</code>`,
];

const total = (counted: readonly SourceRecord[]) => ["all", "", "", "", ...ledgerFigures(counted), ""];

function rejected(counted: readonly SourceRecord[]): Html {
  const reasons = counted.flatMap((source) => source.reject_reasons.map((each) => ({ source, ...each })));
  if (reasons.length === 0) return html``;
  return html`<h3>Rejected</h3>
<p>Records that could not be read as calls, by reason. Their lines are in the originals; the first of each source are listed in extract/sources.json.</p>
${table(
  ["source", "file", "reason", "#records", "#lines"],
  reasons.map(({ source, reason, records, lines }) => [
    String(source.source),
    namedFile(source),
    reason,
    records,
    lines,
  ]),
)}`;
}

/** How the files came, of those of which somebody has said it; and which they are of which nobody has. */
function acquired(sources: readonly SourceRecord[]): Html {
  const told = sources.flatMap(({ acquisition, ...source }) => (acquisition ? [{ source, ...acquisition }] : []));
  if (told.length === 0) return html``;
  const untold = sources.filter(({ acquisition }) => acquisition === undefined);
  return html`<h3>How they came</h3>
<p>As the examiner recorded it.${untold.length === 0 ? "" : ` Not recorded: ${untold.map(({ source }) => `source ${source}`).join(", ")}.`}</p>
${table(
  ["source", "file", "from", "on", "medium", "method", "seal", "digest stated", "note"],
  told.map(({ source, from, on, medium, method, seal, digest, digest_matches, note }) => [
    String(source.source),
    namedFile(source),
    from,
    isBareDate(on) ? on : utc(on),
    medium,
    method,
    seal ?? "",
    digest === undefined ? "" : html`<code>${digest}</code> ${digest_matches ? "matches" : "differs from the file's"}`,
    note ?? "",
  ]),
)}`;
}

function referenced(sources: readonly SourceRecord[]): Html {
  const outside = sources.flatMap(({ reference, ...source }) => (reference ? [{ source, reference }] : []));
  if (outside.length === 0) return html``;
  return html`<p>Kept by reference, not copied into the case; every line read from them was compared with the digests taken at the import: ${outside.map(({ source, reference }) => `${source.source}, ${reference.path}`).join("; ")}.</p>`;
}

function withdrawn(sources: readonly SourceRecord[]): Html {
  const out = sources.filter((source) => source.withdrawn !== undefined);
  if (out.length === 0) return html``;
  return html`<h3>Withdrawn</h3>
<p>${figure(out.length)} ${out.length === 1 ? "source was" : "sources were"} withdrawn by hand: in no count of this bundle, and none of ${out.length === 1 ? "its" : "their"} calls in it. The originals are kept in the case.</p>
${table(
  ["source", "file", "#lines", "#events", "withdrawn", "by", "reason", "sha256"],
  out.map((source) => [
    String(source.source),
    namedFile(source),
    source.lines,
    source.events,
    utc(source.withdrawn?.at ?? ""),
    source.withdrawn?.by ?? "",
    source.withdrawn?.reason ?? "",
    html`<code>${source.sha256}</code>`,
  ]),
)}`;
}
