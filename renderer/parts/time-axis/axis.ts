import { figure } from "../../../shared/base/figure.ts";
import type { DeveloperRecord } from "../../../shared/model/activity.ts";
import type { Dossier } from "../../../shared/model/dossier.ts";
import { day } from "../../text/format.ts";
import { monthStart } from "./scale.ts";

/** Grants and calls of one developer, as the axis draws them. */
export interface AxisData {
  readonly developer: string;
  /** ms, whole UTC months: grants that began earlier are cut there. */
  readonly from: number;
  readonly to: number;
  readonly grants: readonly {
    readonly app: string;
    readonly app_name?: string;
    readonly permission: string;
    readonly from?: string;
    readonly until?: string;
  }[];
  /** From the axis up; each with as many numbers as there are days. */
  readonly kinds: readonly AxisKind[];
  /** The UTC day of the first number, ms. */
  readonly since: number;
  readonly marks: readonly { readonly at: string; readonly label: string; readonly isBad?: boolean }[];
  /** Filter for its calls. */
  readonly term: string;
}

export interface AxisKind {
  readonly name: string;
  /** `got data`, after a number. */
  readonly words: string;
  /** What the bars look like: a class, and a pattern where there is one. */
  readonly look: "got" | "may" | "tried" | "other" | "allowed" | "denied" | "failed" | "unknown";
  readonly days: readonly number[];
}

export function axisOfDossier(dossier: Dossier): AxisData {
  const { calls, finding, cutoff, as_of } = dossier;
  const revoked = finding?.revoked_at;
  return {
    developer: dossier.developer,
    term: dossier.term,
    ...spanOf([dossier.first, cutoff], [dossier.last, as_of, revoked]),
    grants: dossier.grants,
    since: Date.parse(calls.from),
    kinds: [
      { name: "Got data", words: "got data", look: "got", days: calls.got },
      { name: "May have got data", words: "may have got data", look: "may", days: calls.may },
      { name: "Tried, got nothing", words: "tried, got nothing", look: "tried", days: calls.tried },
      { name: "Other calls", words: "other", look: "other", days: calls.other },
    ],
    marks: [
      { at: cutoff, label: `cutoff ${day(cutoff)}` },
      // where both fall together, the revocation says more
      ...(as_of === undefined || as_of === revoked ? [] : [{ at: as_of, label: `as-of ${day(as_of)}` }]),
      ...(revoked === undefined
        ? []
        : [{ at: revoked, label: `revoked ${day(revoked)}`, isBad: (finding?.allowed_after_revocation ?? 0) > 0 }]),
    ],
  };
}

export function axisOfRecord(record: DeveloperRecord): AxisData {
  const { calls, grants } = record;
  const ends = grants.flatMap(({ from, until }) => [from, until]);
  return {
    developer: record.developer,
    term: record.term,
    // without a call the grants alone say how long the axis is
    ...(record.first === undefined ? spanOf(ends, ends) : spanOf([record.first], [record.last])),
    grants,
    since: Date.parse(calls.from),
    kinds: [
      { name: "Allowed", words: "allowed", look: "allowed", days: calls.allowed },
      { name: "Denied", words: "denied", look: "denied", days: calls.denied },
      { name: "Failed", words: "failed", look: "failed", days: calls.failed },
      { name: "Outcome not logged", words: "of unknown outcome", look: "unknown", days: calls.unknown },
    ],
    marks: [],
  };
}

function spanOf(
  begins: readonly (string | undefined)[],
  ends: readonly (string | undefined)[],
): { from: number; to: number } {
  const times = (all: readonly (string | undefined)[]) =>
    all.filter((time) => time !== undefined).map((time) => Date.parse(time));
  const starts = times(begins);
  if (starts.length === 0) return { from: 0, to: monthStart(0, 1) };
  const end = Math.max(...times(ends), ...starts);
  return { from: monthStart(Math.min(...starts)), to: end === monthStart(end) ? end : monthStart(end, 1) };
}

const DAY_MS = 86_400_000;

/** A bar: its first day, and how many calls of each kind lie in it. */
export interface Bar {
  readonly from: number;
  /** Not included. */
  readonly to: number;
  readonly counts: readonly number[];
}

/** Whole days to a bar, so that none is thinner than 3 px. */
export function barsOf({ kinds, since }: AxisData, pixelsPerDay: number): { days: number; bars: readonly Bar[] } {
  const length = kinds[0]?.days.length ?? 0;
  const days = Math.max(1, Math.ceil(3 / pixelsPerDay));
  const bars = Array.from({ length: Math.ceil(length / days) }, (_, index): Bar => {
    const counts = kinds.map((kind) =>
      kind.days.slice(index * days, (index + 1) * days).reduce((sum, count) => sum + count, 0),
    );
    return { from: since + index * days * DAY_MS, to: since + Math.min(length, (index + 1) * days) * DAY_MS, counts };
  });
  return { days, bars };
}

/** `2018-04-05: 12 got data, 3 other`; several days name their first and last. */
export function barWords({ kinds }: AxisData, { from, to, counts }: Bar): string {
  const first = new Date(from).toISOString().slice(0, 10);
  const last = new Date(to - DAY_MS).toISOString().slice(0, 10);
  const parts = kinds.flatMap((kind, index) =>
    (counts[index] ?? 0) > 0 ? [`${figure(counts[index] as number)} ${kind.words}`] : [],
  );
  return `${first}${first === last ? "" : ` to ${last}`}: ${parts.length === 0 ? "no call" : parts.join(", ")}`;
}

/** The calls of a bar. */
export function barFilter({ term }: AxisData, { from, to }: Bar): string {
  const edge = (time: number) => new Date(time).toISOString().slice(0, 10);
  return `${term} time>=${edge(from)} time<${edge(to)}`.trim();
}
