import { figure } from "../../shared/base/figure.ts";
import { include } from "../../shared/filter/splice.ts";
import type { Level } from "../../shared/model/level.ts";
import { CHUNK_ROWS, GROUP_NAMES } from "../../shared/viewer/data.ts";
import { LEVEL_WORDS } from "../../shared/viewer/level-words.ts";
import { callsPlace, eventPlace, findingPlace } from "../../shared/viewer/places.ts";
import type { Calls } from "../data/calls.ts";
import { lineOf } from "../data/lines.ts";
import { type Child, h } from "../parts/dom.ts";
import { utc } from "../parts/words.ts";
import { COLUMNS, exactOf, fieldOf, titleOf } from "./columns.ts";

/** Shown apart, above the fields or beneath them. */
const APART = ["event", "level", "rule", "source", "line", "offset", "length"];

/** All that the bundle has of one call: what counts, its fields, and its line as it stands in the log. */
export async function detailOf(calls: Calls, row: number): Promise<Child> {
  await calls.demand(GROUP_NAMES, Math.floor(row / CHUNK_ROWS));
  const number = (name: "source" | "line" | "offset" | "length") => calls.value(name, row) as number;
  const [source, line, offset, length] = [number("source"), number("line"), number("offset"), number("length")];
  const text = await lineOf(calls, source, offset);
  const from = calls.catalog.sources.find((each) => each.source === source);
  return [
    counts(calls, row),
    h("h3", {}, "The line in the log"),
    h(
      "p",
      { class: "m" },
      `${from ? (from.member ?? from.file) : "source"} (source ${source}), line ${figure(line)}, byte ${figure(offset)}, ${figure(length)} bytes. Times read as ${from?.timezone ?? "UTC"}.`,
    ),
    text === undefined
      ? h("p", {}, "The line is not in this bundle.")
      : h("pre", { tabindex: 0, "aria-label": "The line in the log" }, text),
    h("p", { class: "m" }, `Byte for byte in extract/lines/source-${source}.txt; where, says extract/lines/index.csv.`),
    h("h3", {}, "Fields"),
    h(
      "dl",
      {},
      ...COLUMNS.filter((column) => !APART.includes(column)).flatMap((column) => fieldRow(calls, column, row)),
    ),
  ];
}

function counts(calls: Calls, row: number): Child {
  const said = calls.value("said", row) as readonly string[] | undefined;
  const id = String(calls.value("developer_id", row) ?? "");
  if (!said) return h("p", {}, "No rule counts this call.");
  return h(
    "ul",
    { class: "counts" },
    ...said
      .filter((_, at) => at % 2 === 0)
      .map((rule, at) => {
        const title = calls.catalog.rules.find((each) => each.rule === rule)?.title ?? rule;
        const level = said[at * 2 + 1] as Level;
        return h(
          "li",
          { class: `level ${level}` },
          `${LEVEL_WORDS[level] ?? level}, under `,
          h("a", { href: findingPlace(rule, id) }, title),
        );
      }),
  );
}

function fieldRow(calls: Calls, column: (typeof COLUMNS)[number], row: number): Child[] {
  const value = exactOf(calls, column, row);
  if (value === undefined) return [];
  const field = fieldOf(column);
  const link = (each: string | number, words = String(each)): Child =>
    field === undefined || field === "time"
      ? words
      : h("a", { href: callsPlace(include("", field, String(each))) }, words);
  const shown: Child =
    typeof value === "object"
      ? value.length === 0
        ? "nobody"
        : value.map((each, at) => [at > 0 && ", ", link(each)])
      : column === "time"
        ? utc(value)
        : link(value);
  return [h("dt", {}, titleOf(column)), h("dd", {}, shown)];
}

/** The way to the calls before and after it, in the bundle's own order. */
export function neighbours(calls: Calls, row: number): Child {
  return h(
    "p",
    { class: "neighbours" },
    row > 0 && h("a", { href: eventPlace(row) }, "call before it"),
    row + 1 < calls.rows && h("a", { href: eventPlace(row + 2) }, "call after it"),
  );
}
