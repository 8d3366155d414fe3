import { figure } from "../../../shared/base/figure.ts";
import { knownMoment } from "../../../shared/base/moment.ts";
import { DAY } from "../../../shared/base/time.ts";
import type { DeveloperRemedy, RemedyEntry } from "../../../shared/model/accountability/remedy.ts";
import type { DeveloperFinding } from "../../../shared/model/finding.ts";
import { counted } from "../../text/format.ts";

export const NOTHING_YET = "Nothing yet";

/** `bad`: something speaks against it; `late`: overdue. */
interface Line {
  readonly text: string;
  readonly tone: "bad" | "late" | "plain";
}

/** A developer on the board. */
export interface Card {
  readonly row: DeveloperRemedy;
  readonly finding: DeveloperFinding | undefined;
  /** The worst first. */
  readonly lines: readonly Line[];
}

/** Lines under the name. */
const MAX_LINES = 3;

export function cardOf(
  row: DeveloperRemedy,
  finding: DeveloperFinding | undefined,
  isHolding: boolean,
  at: string,
): Card {
  const lines: Line[] = [];
  if (isHolding) lines.push({ text: "still holds it", tone: "bad" });
  const worst = contradictionOf(row);
  if (worst !== undefined) lines.push({ text: worst, tone: "bad" });
  const late = daysOverdue(row, at);
  if (late !== undefined) lines.push({ text: lateText(late), tone: "late" });
  lines.push(...plainLines(row, finding, isHolding).map((text): Line => ({ text, tone: "plain" })));
  return { row, finding, lines: lines.slice(0, MAX_LINES) };
}

export const lateText = (days: number): string => `${counted(days, "day")} overdue`;

export const callsAgainst = ({ against }: RemedyEntry): number =>
  against.reduce((sum, each) => sum + ("events" in each ? each.events : 0), 0);

/** Entries that something speaks against. */
export const contradicted = ({ entries }: DeveloperRemedy): RemedyEntry[] =>
  entries.filter(({ against }) => against.length > 0);

/** In a few words: calls before what other steps say; of the furthest step, calls after *it*. */
function contradictionOf(row: DeveloperRemedy): string | undefined {
  const against = contradicted(row);
  const withCalls = against.findLast((entry) => callsAgainst(entry) > 0);
  if (withCalls) {
    const calls = callsAgainst(withCalls);
    return `${figure(calls)} ${calls === 1 ? "call" : "calls"} after${withCalls.step === row.state ? " it" : ""}`;
  }
  const has = (kind: string) => against.findLast((entry) => entry.against.some((each) => each.kind === kind));
  if (has("grant")) return "a grant goes on";
  const early = has("order");
  if (early) return early.step === "certified" ? "before it was asked" : "before an earlier step";
  return has("missing") ? "a step before is missing" : undefined;
}

/** Whole days since the earliest day that was not met; undefined: nothing is overdue. */
export function daysOverdue({ overdue, entries }: DeveloperRemedy, at: string): number | undefined {
  const unmet = entries.filter(
    ({ step, due, on, taken_back }) =>
      due !== undefined && on === undefined && taken_back === undefined && overdue.includes(step),
  );
  if (overdue.length === 0) return undefined;
  const first = Math.min(...unmet.map(({ due = "" }) => knownMoment(due).from));
  return Number.isFinite(first) ? Math.max(1, Math.floor((knownMoment(at).from - first) / DAY)) : 1;
}

/** The day that is planned for what comes next. */
export const plannedFor = ({ next, entries }: DeveloperRemedy): string | undefined =>
  entries.findLast(
    ({ step, due, on, taken_back }) =>
      step === next && due !== undefined && on === undefined && taken_back === undefined,
  )?.due;

function plainLines(row: DeveloperRemedy, finding: DeveloperFinding | undefined, isHolding: boolean): string[] {
  const done = row.entries.findLast(({ step, taken_back }) => step === row.state && taken_back === undefined);
  if (done === undefined)
    return [finding?.entitled ? (isHolding ? "nothing planned" : "its grants ended") : "never held it"];
  const due = plannedFor(row);
  const lines: string[] = [];
  if (due !== undefined && row.overdue.length === 0) lines.push(`due ${due.slice(0, 10)}`);
  if (done.result !== undefined) lines.push(done.result);
  lines.push(`on ${(done.on ?? "").slice(0, 10)}`);
  if (due === undefined && row.next !== undefined) lines.push("nothing planned");
  return lines;
}

/** In a column: contradicted, overdue, then due, then by name. */
export function inOrder(a: Card, b: Card): number {
  const rank = ({ lines, row }: Card) =>
    lines.some(({ tone }) => tone === "bad") ? 0 : row.overdue.length > 0 ? 1 : plannedFor(row) !== undefined ? 2 : 3;
  const due = ({ row }: Card) => plannedFor(row) ?? "";
  return rank(a) - rank(b) || compare(due(a), due(b)) || compare(a.row.developer, b.row.developer);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
