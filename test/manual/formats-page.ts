import fs from "node:fs";
import path from "node:path";
import { type Detection, detectFormat } from "../../main/intake/detect/detect.ts";
import { previewEvents } from "../../main/intake/detect/preview.ts";
import { builtInFormats } from "../../main/intake/mapping/formats.ts";
import type { Mapping } from "../../main/intake/mapping/mapping.ts";
import { spansLines } from "../../main/intake/mapping/patterns.ts";
import { MAPPED_FIELDS } from "../../shared/model/event.ts";

const resources = path.resolve(import.meta.dirname, "../../resources");
/** Places named in the table; the format's file has them all. */
const MOST_PLACES = 8;

/** Lines of other people's logs that are rejected; `npm test` holds them against the logs where they are at hand. */
export interface RejectedLine {
  readonly file: string;
  readonly line: number;
  readonly reason: string;
}

export const rejectedLines = (): RejectedLine[] =>
  JSON.parse(fs.readFileSync(path.join(resources, "help/rejected.json"), "utf8")) as RejectedLine[];

const cell = (text: string) => text.replaceAll("|", "\\|");
const code = (text: string) => `\`${cell(text)}\``;

function placesOf(mapping: Mapping): string {
  const places = Object.values(mapping.fields ?? {}).flatMap((place) =>
    place === null ? [] : typeof place === "string" ? [place] : (place.from ?? []),
  );
  const names = [...new Set(places)];
  return names.slice(0, MOST_PLACES).map(code).join(", ") + (names.length > MOST_PLACES ? " and others" : "");
}

function recognisedBy(mapping: Mapping): string {
  if (mapping.pattern !== undefined)
    return `lines of its pattern${spansLines(mapping.pattern) ? "; other lines go on the record before" : ""}`;
  const places = placesOf(mapping);
  if (mapping.format === "headers") return `a ${code("#Fields")} line and in it ${places}`;
  if (mapping.format === "csv") return `a table with the columns ${places}`;
  if (mapping.format === "keyvalue") return `pairs with the keys ${places}`;
  const under = mapping.records ? `, in documents under ${code(mapping.records)}` : "";
  return `JSON with the keys ${places}${under}`;
}

function zoneRule({ zoneFrom, preview, plan }: Detection): string {
  const { zoned, unzoned } = preview.instants;
  const without = zoneFrom === "mapping" ? `${plan.timezone}, as the format has it` : "`--timezone`, else UTC, assumed";
  if (unzoned === 0) return "stated in each time";
  return zoned === 0 ? without : `stated, else ${without}`;
}

/** `resources/help/formats.md`: what the format files say, and what becomes of their samples. */
export function formatsPage(): string {
  const samples = path.join(resources, "formats/samples");
  const files = new Map(fs.readdirSync(samples).map((file) => [path.parse(file).name, file]));
  const rows = [...builtInFormats()].map(([name, mapping]) => {
    const file = files.get(name) ?? "";
    const detection = detectFormat(path.join(samples, file), {});
    const events = previewEvents(detection.preview);
    const filled = MAPPED_FIELDS.filter((field) =>
      events.some((event) => (field === "outcome" ? event.outcome !== "unknown" : event[field] !== undefined)),
    );
    const columns = [recognisedBy(mapping), filled.join(", "), zoneRule(detection), code(file)];
    return `| ${code(name)} | ${cell(mapping.name ?? "")} | ${columns.join(" | ")} |`;
  });
  const rejected = rejectedLines().map(
    ({ file, line, reason }) => `| ${code(file)} | ${line} | ${cell(reason.replaceAll("`", "'"))} |`,
  );
  return `# Formats

What a file is, its content says, never its name: every format is tried on the first records, and the one that finds most event
fields in them is taken; a named format must find more than a plain table, JSON or key=value reader finds by the usual names
(${code("mapping.md")}). ${code("exhibit detect FILE")} shows the choice, how sure it is and why; ${code("--format")} and ${code("--mapping")} overrule it. Whatever a
record holds beyond these fields stays in its original line. The samples are in ${code("resources/formats/samples/")}.

Readers, for tables and records whose names need no format: ${code("csv")} (comma, semicolon, tab or pipe; any quoting of RFC 4180), ${code("json")},
${code("jsonl")}, ${code("keyvalue")}, ${code("headers")} (names in ${code("#Fields")} lines, which may change) and ${code("regex")}. A table without a column called like a
time, but with one full of ISO times, is read by that one; a column ${code("time")} that holds only clocks takes its day from the column ${code("date")}.

| format | what it is | recognised by | fields its sample fills | zone of the times | sample |
| --- | --- | --- | --- | --- | --- |
${rows.join("\n")}

## Lines of real logs that are rejected

Exhibit is tested against a collection of real logs of these formats. Of all their lines these are rejected, each kept with its reason:

| file | line | reason |
| --- | --- | --- |
${rejected.join("\n")}
`;
}
