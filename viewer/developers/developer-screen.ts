import { figure } from "../../shared/base/figure.ts";
import { instantOf, isoOf, monthOf } from "../../shared/base/time.ts";
import { developerTerm } from "../../shared/filter/developer-term.ts";
import { quote } from "../../shared/filter/print.ts";
import { againstText } from "../../shared/model/accountability/remedy-text.ts";
import type { DeveloperFinding } from "../../shared/model/finding.ts";
import { measuredText } from "../../shared/model/people-text.ts";
import type { Catalog, ViewerRule } from "../../shared/viewer/data.ts";
import { LEVEL_WORDS } from "../../shared/viewer/level-words.ts";
import { callsPlace, eventPlace } from "../../shared/viewer/places.ts";
import { shownOf, titleOf } from "../calls/columns.ts";
import { countsOf } from "../calls/facets.ts";
import type { Calls } from "../data/calls.ts";
import { find } from "../filter/evaluate.ts";
import type { Mask } from "../filter/leaf.ts";
import { byId, type Child, fill, h } from "../parts/dom.ts";
import { counted, utc } from "../parts/words.ts";
import { findingForm, type ReviewForm } from "../review/form.ts";
import type { Remarks } from "../review/remarks.ts";
import { undecidedCount, undecidedFrom } from "../review/undecided.ts";
import { type MonthOfCalls, type Span, timeline } from "./timeline.ts";

const FIRST_CALLS = 12;
const SHOWN = ["event", "time", "api", "operation", "status", "level", "fields"] as const;

/** One developer: what it held, what it called, and what was done about it. */
export class DeveloperScreen {
  readonly #calls: Calls;
  readonly #remarks: Remarks;
  #turn = 0;
  /** By the rule, in the order of the page; the one that was asked for first. */
  #forms: (readonly [rule: string, form: ReviewForm])[] = [];
  /** The finding that is shown, or the first of them. */
  here: { readonly rule?: string; readonly id?: string } = {};

  constructor(calls: Calls, remarks: Remarks) {
    this.#calls = calls;
    this.#remarks = remarks;
  }

  async show(id = "", rule?: string): Promise<void> {
    const turn = ++this.#turn;
    const body = byId("developer-body");
    const { catalog } = this.#calls;
    const found = catalog.rules.flatMap((each) =>
      each.developers.filter((row) => row.developer_id === id).map((row) => ({ rule: each, row })),
    );
    const registered = catalog.developers.find((each) => each.developer_id === id);
    const name = found[0]?.row.developer ?? registered?.developer ?? id;
    if (found.length === 0 && !registered) {
      fill(
        body,
        h("h2", { tabindex: -1 }, "No such developer"),
        h("p", {}, `No finding and no registry of this bundle names ${id}.`),
      );
      return;
    }
    const heading = h("h2", { tabindex: -1 }, name);
    this.#forms = [];
    const asked = rule ?? found[0]?.rule.rule;
    this.here = { id, ...(asked !== undefined && { rule: asked }) };
    const calls = h("div", {}, h("p", { role: "status" }, "Reading the calls"));
    fill(
      body,
      heading,
      h("p", { class: "m" }, `Id ${id}${registered?.country === undefined ? "" : `, ${registered.country}`}.`),
      found.length === 0 ? h("p", {}, "No finding: no rule counts a call or a grant of it.") : undefined,
      ...found.map((each) => this.#finding(id, each.rule, each.row, each.rule.rule === rule)),
      calls,
    );
    if (rule !== undefined) byId("developer").querySelector(".asked")?.scrollIntoView({ block: "nearest" });
    heading.focus({ preventScroll: true });
    try {
      const own = await find(this.#calls, developerTerm(id));
      if (turn === this.#turn) fill(calls, this.#activity(id, own.mask, own.count));
    } catch (error) {
      if (turn === this.#turn) fill(calls, h("p", { role: "alert" }, `${(error as Error).message}.`));
    }
  }

  /** Where something is said of the finding that was asked for, else of the first. */
  get form(): ReviewForm | undefined {
    return (this.#forms.find(([rule]) => rule === this.here.rule) ?? this.#forms[0])?.[1];
  }

  #formOf(id: string, rule: string): Child {
    const form = findingForm(this.#remarks, { finding: { rule, developer_id: id } }, () => this.#next(id, rule));
    this.#forms.push([rule, form]);
    return form.node;
  }

  /** The way to the next finding that nobody decided. */
  #next(id: string, rule: string): Child {
    const { catalog } = this.#calls;
    const place = undecidedFrom(catalog, this.#remarks, { rule, id }, 1);
    if (place === undefined) return h("p", { class: "screen-only" }, "Every other finding is decided.");
    const count = undecidedCount(catalog, this.#remarks);
    return h(
      "p",
      { class: "screen-only" },
      h("a", { href: place }, "Next finding that nobody decided"),
      ` (${figure(count)}) `,
      h("kbd", { "aria-hidden": "true" }, "f"),
    );
  }

  #finding(id: string, rule: ViewerRule, row: DeveloperFinding, isAsked: boolean): Child {
    const term = `${developerTerm(id)} finding:${rule.rule}`;
    const calls = (events: number, level: string): Child =>
      events === 0 ? "no call" : h("a", { href: callsPlace(`${term} level:${level}`) }, counted(events, "call"));
    const { obtained, possible, attempted } = row;
    return h(
      "section",
      { class: isAsked ? "finding asked" : "finding", "aria-label": rule.title },
      h("h3", {}, rule.title),
      h(
        "p",
        {},
        h("strong", { class: `level ${row.level}` }, LEVEL_WORDS[row.level]),
        row.recent && `, also in the last ${this.#calls.catalog.recent_days} days`,
        `. ${this.#decision(rule.rule, id, row)}`,
      ),
      h(
        "ul",
        {},
        h("li", {}, heldWords(rule, row)),
        h(
          "li",
          {},
          "Got data in ",
          calls(obtained.events, "obtained"),
          obtained.first !== undefined && `, ${utc(obtained.first)} to ${utc(obtained.last ?? "")}`,
          obtained.events > 0 &&
            `: ${obtained.fields.length === 0 ? "fields not logged" : obtained.fields.join(", ")}${obtained.fields_are === undefined || obtained.fields_are === "returned" ? "" : " (as requested, in part or all)"}, of ${measuredText(obtained.people)}`,
          ".",
        ),
        h(
          "li",
          {},
          "May have got data in ",
          calls(possible.events, "possible"),
          possible.events > 0 && `, of ${measuredText(possible.people)}`,
          ". Tried and got nothing in ",
          calls(attempted.events, "attempted"),
          ".",
        ),
        row.revoked_at !== undefined &&
          h(
            "li",
            { class: row.allowed_after_revocation > 0 ? "bad-words" : undefined },
            `Revoked ${utc(row.revoked_at)}; `,
            row.allowed_after_revocation === 0
              ? "no call succeeded after it."
              : [
                  h(
                    "a",
                    { href: callsPlace(`${term} level:possible+ ${this.#afterRevocation(rule, row)}`) },
                    counted(row.allowed_after_revocation, "call"),
                  ),
                  " succeeded after it",
                  this.#firstOf(`${term} level:possible+ ${this.#afterRevocation(rule, row)}`),
                  ".",
                ],
          ),
      ),
      remedyOf(rule, id),
      this.#formOf(id, rule.rule),
    );
  }

  /** The first call that a filter finds, once it is found. */
  #firstOf(filter: string): HTMLElement {
    const place = h("span");
    find(this.#calls, filter).then(
      ({ mask }) => {
        const row = mask.indexOf(1);
        if (row >= 0) fill(place, "; the first is ", h("a", { href: eventPlace(row + 1) }, `call ${figure(row + 1)}`));
      },
      () => undefined,
    );
    return place;
  }

  /** Calls by an app at a time when every grant of it had ended. */
  #afterRevocation({ permission }: ViewerRule, { apps }: DeveloperFinding): string {
    const terms = apps.flatMap((app) =>
      endedSpans(
        this.#calls.catalog.grants.filter((grant) => grant.app === app && grant.permission === permission),
      ).map(({ from, until }) => `(app:${quote(app)} time>=${from}${until === undefined ? "" : ` time<${until}`})`),
    );
    return terms.length > 1 ? `(${terms.join(" or ")})` : terms.join("");
  }

  #decision(rule: string, id: string, row: DeveloperFinding): string {
    const decided = this.#calls.catalog.decisions
      .filter((each) => each.rule === rule && each.developer_id === id)
      .at(-1);
    if (!decided) return `The finding is ${row.status}.`;
    return `The finding is ${row.status}: \u201c${decided.reason}\u201d, ${decided.by}, ${utc(decided.at)}.`;
  }

  #activity(id: string, mask: Mask, count: number): Child {
    const { catalog } = this.#calls;
    const term = developerTerm(id);
    if (count === 0) return h("p", {}, "This bundle holds no call of it.");
    const months = this.#months(mask);
    const rows: number[] = [];
    for (let row = 0; row < mask.length && rows.length < FIRST_CALLS; row += 1) if (mask[row] === 1) rows.push(row);
    const grants = this.#grants(id);
    const steps = catalog.rules.flatMap(({ remedy }) =>
      remedy
        .filter((each) => each.developer_id === id)
        .flatMap(({ entries }) =>
          entries.flatMap(({ step, on, taken_back }) =>
            on === undefined || taken_back !== undefined ? [] : [{ label: step, at: on }],
          ),
        ),
    );
    const times = [
      ...grants.flatMap(({ from, to }) => [from, to]).flatMap((each) => (each === undefined ? [] : [instantOf(each)])),
      ...months.map(({ month }) => instantOf(`${month}-01`)),
      ...steps.map(({ at }) => instantOf(at)),
      ...(catalog.times.asOf === undefined ? [] : [catalog.times.asOf]),
    ];
    const last = this.#calls.times[lastRow(mask)] as number;
    const lines = [
      ...(catalog.times.cutoff === undefined ? [] : [{ label: "cutoff", at: isoOf(catalog.times.cutoff) }]),
      ...(catalog.times.asOf === undefined ? [] : [{ label: "as of", at: isoOf(catalog.times.asOf) }]),
    ];
    return [
      h("h3", {}, "Grants, calls and remedy"),
      timeline({ from: Math.min(...times, last), to: Math.max(...times, last), grants, steps, lines, months }),
      h("h3", {}, "Fields of its calls"),
      fieldsOf(this.#calls, mask, term),
      h("h3", {}, "Its calls"),
      h(
        "p",
        {},
        h("a", { href: callsPlace(term) }, `Show the ${counted(count, "call")}`),
        ` of it in this bundle${catalog.left_out > 0 ? "; others of the case may be left out" : ""}. The first of them:`,
      ),
      h(
        "table",
        {},
        h("thead", {}, h("tr", {}, ...SHOWN.map((column) => h("th", { scope: "col" }, titleOf(column))))),
        h(
          "tbody",
          {},
          ...rows.map((row) =>
            h(
              "tr",
              {},
              ...SHOWN.map((column) =>
                h(
                  "td",
                  { class: column === "time" ? "mono" : undefined },
                  column === "event"
                    ? h("a", { href: eventPlace(row + 1) }, figure(row + 1))
                    : shownOf(this.#calls, column, row),
                ),
              ),
            ),
          ),
        ),
      ),
    ];
  }

  /** Calls that count by month, of any rule. */
  #months(mask: Mask): MonthOfCalls[] {
    const months = new Map<string, { obtained: number; possible: number; attempted: number }>();
    for (let row = 0; row < mask.length; row += 1) {
      if (mask[row] !== 1) continue;
      const said = this.#calls.value("said", row) as readonly string[] | undefined;
      const level = (["obtained", "possible", "attempted"] as const).find((each) => said?.includes(each));
      if (!level) continue;
      const month = monthOf(this.#calls.times[row] as number);
      const count = months.get(month) ?? { obtained: 0, possible: 0, attempted: 0 };
      months.set(month, count);
      count[level] += 1;
    }
    return [...months].map(([month, count]) => ({ month, ...count }));
  }

  #grants(id: string): Span[] {
    const { apps, grants, rules } = this.#calls.catalog;
    const own = new Set(apps.filter((each) => each.developer_id === id).map(({ app }) => app));
    const asked = new Set(rules.flatMap(({ permission }) => (permission === undefined ? [] : [permission])));
    return grants
      .filter(({ app, permission }) => own.has(app) && (asked.size === 0 || asked.has(permission)))
      .map(({ app, permission, granted_at: from, revoked_at: to }) => ({
        label: `${app} ${permission}`,
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
      }));
  }
}

interface Ended {
  readonly from: string;
  readonly until: string | undefined;
}

/** The spans in which an app held no grant any more: after one, until the next. */
function endedSpans(grants: Catalog["grants"]): Ended[] {
  const ended: Ended[] = [];
  const sorted = grants
    .map(({ granted_at: from, revoked_at: until }) => ({ from, until }))
    .sort((a, b) => timeOf(a.from, Number.NEGATIVE_INFINITY) - timeOf(b.from, Number.NEGATIVE_INFINITY));
  let reached: string | undefined;
  for (const [at, { from, until }] of sorted.entries()) {
    if (reached !== undefined && from !== undefined && instantOf(from) > instantOf(reached))
      ended.push({ from: reached, until: from });
    if (until === undefined) return ended;
    if (at === 0 || reached === undefined || instantOf(until) > instantOf(reached)) reached = until;
  }
  if (reached !== undefined) ended.push({ from: reached, until: undefined });
  return ended;
}

const timeOf = (text: string | undefined, absent: number): number => (text === undefined ? absent : instantOf(text));

function lastRow(mask: Mask): number {
  return mask.lastIndexOf(1);
}

function heldWords(
  { permission, effective_from: from, grace_days: grace, holding }: ViewerRule,
  row: DeveloperFinding,
): string {
  const since = `${from === undefined ? "the cutoff" : utc(from)}${grace ? ` and ${grace} days of grace` : ""}`;
  if (permission === undefined) return `The rule, in force from ${since}, asks for no permission.`;
  if (!row.entitled) return `It did not hold ${permission} after ${since}.`;
  return `It held ${permission} after ${since}, with ${row.apps.length === 1 ? "the app" : "the apps"} ${row.apps.join(", ")}${holding.includes(row.developer_id) ? ", and still holds it" : ""}.`;
}

function fieldsOf(calls: Calls, mask: Mask, term: string): Child {
  const counts = countsOf(calls, mask, "fields");
  if (counts.length === 0) return h("p", {}, "No call of it says which fields.");
  return h(
    "ul",
    { class: "inline" },
    ...counts
      .slice(0, 40)
      .map(([field, count]) =>
        h(
          "li",
          {},
          `${field} `,
          h("a", { href: callsPlace(`${term} fields:"${field.replace(/["\\]/gu, "\\$&")}"`) }, figure(count)),
        ),
      ),
  );
}

function remedyOf({ remedy }: ViewerRule, id: string): Child {
  const own = remedy.find((each) => each.developer_id === id);
  if (!own || own.entries.length === 0) return h("p", {}, "No step of remedy is recorded.");
  return h(
    "table",
    {},
    h("caption", {}, "Remedy"),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        ...["Step", "On", "Due", "By", "Note", "What speaks against it"].map((each) => h("th", { scope: "col" }, each)),
      ),
    ),
    h(
      "tbody",
      {},
      ...own.entries.map((entry) =>
        h(
          "tr",
          {},
          h("td", {}, entry.step, entry.taken_back !== undefined && ` (taken back: ${entry.taken_back})`),
          h("td", {}, entry.on === undefined ? "" : utc(entry.on)),
          h("td", {}, entry.due === undefined ? "" : utc(entry.due)),
          h("td", {}, entry.by ?? ""),
          h("td", {}, entry.note ?? ""),
          h(
            "td",
            { class: entry.against.length > 0 ? "bad-words" : undefined },
            ...entry.against.map((each, at) => [
              at > 0 && "; ",
              "filter" in each ? h("a", { href: callsPlace(each.filter) }, againstText(each)) : againstText(each),
            ]),
          ),
        ),
      ),
    ),
  );
}
