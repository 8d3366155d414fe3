import { figure } from "../../shared/base/figure.ts";
import type { FieldName } from "../../shared/filter/fields.ts";
import { shown } from "../../shared/filter/shown.ts";
import { clear, exclude, include } from "../../shared/filter/splice.ts";
import type { Level } from "../../shared/model/level.ts";
import { CHUNK_ROWS, type ViewerColumn } from "../../shared/viewer/data.ts";
import { LEVEL_WORDS } from "../../shared/viewer/level-words.ts";
import type { Calls } from "../data/calls.ts";
import { asksForLines, type Found, find } from "../filter/evaluate.ts";
import type { Mask } from "../filter/leaf.ts";
import { type Child, h } from "../parts/dom.ts";

interface Facet {
  readonly field: FieldName;
  readonly column: ViewerColumn;
  readonly title: string;
}

const FACETS: readonly Facet[] = [
  { field: "api", column: "api", title: "API" },
  { field: "developer", column: "developer", title: "Developer" },
  { field: "level", column: "said", title: "Level" },
  { field: "outcome", column: "outcome", title: "Outcome" },
  { field: "fields", column: "fields", title: "Fields" },
  { field: "operation", column: "operation", title: "Operation" },
  { field: "tag", column: "tags", title: "Tag" },
  { field: "source", column: "source", title: "Source" },
];

const FEW = 6;
const MANY = 300;

/** How many of the calls have each value, most first. A call counts under each value of a list. */
export function countsOf(calls: Calls, mask: Mask, column: ViewerColumn): [value: string, count: number][] {
  const all = new Map<string, number>();
  const add = (value: string, count: number) => all.set(value, (all.get(value) ?? 0) + count);
  for (let chunk = 0; chunk < calls.chunks; chunk += 1) {
    const part = calls.part(column, chunk);
    const within = mask.subarray(chunk * CHUNK_ROWS, chunk * CHUNK_ROWS + calls.rowsIn(chunk));
    if (part?.kind === "text" || part?.kind === "list") {
      const counts = new Uint32Array(part.values.length + 1);
      for (let row = 0; row < within.length; row += 1)
        if (within[row] === 1) (counts[part.codes[row] as number] as number) += 1;
      for (const [at, value] of part.values.entries()) {
        const count = counts[at + 1] as number;
        if (count === 0) continue;
        if (typeof value === "string") add(value, count);
        else
          for (const each of new Set(column === "said" ? value.filter((_, n) => n % 2 === 1) : value)) add(each, count);
      }
    } else if (part?.kind === "number") {
      const counts = new Map<number, number>();
      for (let row = 0; row < within.length; row += 1)
        if (within[row] === 1)
          counts.set(part.numbers[row] as number, (counts.get(part.numbers[row] as number) ?? 0) + 1);
      for (const [value, count] of counts) if (!Number.isNaN(value)) add(String(value), count);
    }
  }
  return [...all].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

const opened = new Set<FieldName>();

/** The values of some fields with their counts: those of the filter without the field's own terms, so that more can be added. */
export async function facets(calls: Calls, found: Found, go: (filter: string) => void): Promise<Child[]> {
  const made: Child[] = [];
  for (const facet of FACETS) {
    const state = shown(found.text, facet.field);
    const isAsked = state.included.length + state.excluded.length > 0;
    const without = clear(found.text, facet.field);
    // Its own terms taken away, words may have to be sought in many more lines: then it counts what is shown.
    const isWider = isAsked && found.sought === undefined && !asksForLines(calls, without);
    const mask = isWider ? (await find(calls, without)).mask : found.mask;
    const counts = countsOf(calls, mask, facet.column);
    if (counts.length > 0) made.push(facetOf(calls, facet, counts, found.text, go));
  }
  return made;
}

function facetOf(
  calls: Calls,
  { field, title }: Facet,
  counts: readonly [string, number][],
  text: string,
  go: (filter: string) => void,
): HTMLElement {
  const { included, excluded, inText } = shown(text, field);
  const has = (list: readonly string[], value: string) =>
    list.some((each) => each.toLowerCase() === value.toLowerCase());
  const list = h("ul");
  const fillList = () => {
    const most = opened.has(field) ? MANY : FEW;
    const few = counts.filter(([value], at) => at < most || has(included, value) || has(excluded, value));
    list.replaceChildren(
      ...few.map(([value, count]) => {
        const words = wordsOf(calls, field, value);
        const isOut = has(excluded, value);
        return h(
          "li",
          { class: isOut ? "out" : undefined },
          h(
            "label",
            { title: words },
            h("input", {
              type: "checkbox",
              checked: has(included, value),
              onchange: () => go(include(text, field, value)),
            }),
            h("span", { class: "value" }, words),
            h("span", { class: "n" }, figure(count)),
          ),
          h(
            "button",
            {
              type: "button",
              class: "not",
              "aria-pressed": isOut ? "true" : "false",
              "aria-label": `not ${words}`,
              onclick: () => go(exclude(text, field, value)),
            },
            "not",
          ),
        );
      }),
    );
    if (counts.length > FEW)
      list.append(
        h(
          "li",
          {},
          h(
            "button",
            {
              type: "button",
              class: "more",
              onclick: () => {
                if (!opened.delete(field)) opened.add(field);
                fillList();
                list.querySelector<HTMLElement>("li:last-child button")?.focus();
              },
            },
            opened.has(field) ? "fewer" : `${figure(counts.length - FEW)} more`,
          ),
        ),
      );
  };
  fillList();
  return h(
    "section",
    { class: "facet", "aria-label": title },
    h("h3", {}, title, inText && " (set in the text)"),
    list,
  );
}

function wordsOf({ catalog }: Calls, field: FieldName, value: string): string {
  if (field === "level") return LEVEL_WORDS[value as Level] ?? value;
  if (field !== "source") return value;
  const source = catalog.sources.find((each) => String(each.source) === value);
  return source ? `${value} ${source.member ?? source.file}` : value;
}
