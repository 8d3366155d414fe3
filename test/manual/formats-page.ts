import fs from "node:fs";
import path from "node:path";
import { type Detection, detectFormat } from "../../main/intake/detect/detect.ts";
import { previewEvents } from "../../main/intake/detect/preview.ts";
import { isArchive } from "../../main/intake/detect/sample.ts";
import { builtInFormats } from "../../main/intake/mapping/formats.ts";
import { recordsOf, signaturesOf } from "../../main/intake/mapping/mapping.ts";
import type { Mapping } from "../../main/intake/mapping/mapping-document.ts";
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
  const signs = signaturesOf(mapping).map((all) => Object.keys(all).map(code).join(" and "));
  if (signs.length > 0)
    return `${mapping.format === "csv" ? "a table" : "JSON"} whose records have ${signs.join(", or ")}`;
  if (mapping.format === "headers") return `a ${code("#Fields")} line and in it ${places}`;
  if (mapping.format === "csv") return `a table with the columns ${places}`;
  if (mapping.format === "keyvalue") return `pairs with the keys ${places}`;
  const under = mapping.records ? `, in documents under ${code(recordsOf(mapping) as string)}` : "";
  return `JSON with the keys ${places}${under}`;
}

function zoneRule({ zoneFrom, preview, plan }: Detection): string {
  const { zoned, unzoned } = preview.instants;
  const without = zoneFrom === "mapping" ? `${plan.timezone}, as the format has it` : "`--timezone`, else UTC, assumed";
  if (unzoned === 0) return "stated in each time";
  return zoned === 0 ? without : `stated, else ${without}`;
}

interface KnownFile {
  readonly file: string;
  readonly format: string;
}

/** Every sample, and every log among the tests whose format is known. Those in a workbook are not looked into. */
function knownFiles(samples: string): KnownFile[] {
  const cases = path.resolve(import.meta.dirname, "../main/intake/cases");
  return [
    ...fs.readdirSync(samples).map((name) => ({ file: path.join(samples, name), format: path.parse(name).name })),
    ...fs.readdirSync(cases).flatMap((name) => {
      const { files, formats } = JSON.parse(fs.readFileSync(path.join(cases, name, "case.json"), "utf8")) as {
        files: string[];
        formats: string[];
      };
      return files
        .map((file, index) => ({ file: path.join(cases, name, file), format: formats[index] as string }))
        .filter(({ file, format }) => format !== "refused" && !isArchive(file));
    }),
  ];
}

const BOUNDS = [0.95, 0.85, 0.7, 0];

/** How often what is called so sure is right. */
function surenessRows(samples: string): { from: number; files: number; right: number }[] {
  const found = knownFiles(samples).map(({ file, format }) => {
    const { confidence, resolved } = detectFormat(file, {});
    return { confidence, isRight: resolved.format === format };
  });
  return BOUNDS.map((from, index) => {
    const inside = found.filter(({ confidence }) => confidence >= from && confidence < (BOUNDS[index - 1] ?? 2));
    return { from, files: inside.length, right: inside.filter(({ isRight }) => isRight).length };
  });
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
(${code("mapping.md")}). A format that could take another's records says what its own must have, and is taken where they have it. ${code("exhibit detect FILE")} shows the choice, how sure it is and why; ${code("--format")} and ${code("--mapping")} overrule it. Whatever a
record holds beyond these fields stays in its original line. The samples are in ${code("resources/formats/samples/")}.

Readers, for tables and records whose names need no format: ${code("csv")} (comma, semicolon, tab or pipe; any quoting of RFC 4180), ${code("json")},
${code("jsonl")}, ${code("keyvalue")}, ${code("headers")} (names in ${code("#Fields")} lines, which may change) and ${code("regex")}. A table without a column called like a
time, but with one full of ISO times, is read by that one; a column ${code("time")} that holds only clocks takes its day from the column ${code("date")}.

| format | what it is | recognised by | fields its sample fills | zone of the times | sample |
| --- | --- | --- | --- | --- | --- |
${rows.join("\n")}

## How sure

What is called so sure is right so often, in the samples and the logs of the tests:

| called at least | files | right |
| --- | --- | --- |
${surenessRows(samples)
  .filter(({ files }) => files > 0)
  .map(({ from, files: all, right }) => `| ${Math.round(from * 100)} % | ${all} | ${right} |`)
  .join("\n")}

Where a name says a status, method, path or client and no event has it, the choice is called at most 75 % sure, and the name is given. So it is
where a table or record without a format of its own names an app, an account or an outcome, and where lines hold requests of which only the
time is read.

## Lines of real logs that are rejected

Exhibit is tested against a collection of real logs of these formats. Of all their lines these are rejected, each kept with its reason:

| file | line | reason |
| --- | --- | --- |
${rejected.join("\n")}
`;
}
