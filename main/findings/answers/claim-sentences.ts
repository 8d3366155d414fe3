import { figure } from "../../../shared/base/figure.ts";
import { HOUR, isoOf } from "../../../shared/base/time.ts";
import type { Claim } from "../../../shared/model/claims.ts";
import type { People } from "../../../shared/model/finding.ts";
import { measuredText } from "../../../shared/model/people-text.ts";
import type { HourRun } from "../coverage/coverage.ts";

/** What keeps a claim open: what the logs do not show and what could add to the number it speaks of. */
export type Unknown =
  | { readonly code: "people-unlisted" }
  | { readonly code: "fields-unlogged"; readonly calls: number }
  /** `first`: some of them, the earliest first, in words. */
  | { readonly code: "outcome-unknown"; readonly calls: number; readonly first: readonly string[] }
  | { readonly code: "bytes-unlogged" | "resources-unlogged"; readonly calls: number }
  | { readonly code: "no-calls" }
  /** Without a permission the rule names none. */
  | { readonly code: "no-grants"; readonly permission: string | undefined }
  | { readonly code: "grants-only" }
  /** Terms such as `api:nope`. */
  | { readonly code: "value-unmet"; readonly terms: readonly string[] }
  /** The filter names what lies outside of everything that the claim could count. */
  | { readonly code: "times-outside" | "apis-outside"; readonly rule: string | undefined }
  /** At least one gap, the earliest first. */
  | { readonly code: "gap"; readonly gaps: readonly HourRun[] }
  /** At least one run of hours that may or may not be a gap, the earliest first. */
  | { readonly code: "untold"; readonly silences: readonly HourRun[] };

/** Why a claim without a measure is undetermined. */
export const NOTHING_TO_COUNT = "It states nothing that can be counted";

/** Why a claim has its verdict: the record's number beside the claim's, and what leaves it open. */
export function whyOf(claim: Claim, measured: People, unknown: readonly Unknown[]): string {
  const measure = claim.measure ?? "events";
  const what = measure === "events" ? "calls" : measure;
  const found = `The record shows ${measuredText(measured, what)}; the claim says ${claim.is} ${figure(claim.value ?? 0)}`;
  return unknown.length === 0 ? found : `${found}; ${unknown.map(unknownSentence).join("; ")}`;
}

function unknownSentence(unknown: Unknown): string {
  switch (unknown.code) {
    case "people-unlisted":
      return "not every call lists the people it returned";
    case "fields-unlogged":
      return `${figure(unknown.calls)} calls do not say which fields they returned`;
    case "outcome-unknown":
      return `of ${figure(unknown.calls)} calls nothing says how they ended (${unknown.first.join(", ")}${unknown.calls > unknown.first.length ? " and later ones" : ""})`;
    case "bytes-unlogged":
      return `${figure(unknown.calls)} calls do not say how many bytes they returned`;
    case "resources-unlogged":
      return `${figure(unknown.calls)} calls do not name the resource they asked for`;
    case "no-calls":
      return "the case holds no calls";
    case "no-grants":
      return unknown.permission === undefined
        ? "its rule names no permission, so nothing says who held it"
        : `no grants of ${unknown.permission} are known`;
    case "grants-only":
      return "`entitled` is a level of developers and apps and rests on grants, which a filter of calls does not narrow";
    case "value-unmet":
      return `no log has a call with ${unknown.terms.join(", ")}`;
    case "times-outside":
      return unknown.rule === undefined
        ? "no log reaches into the time that the filter names"
        : `rule ${unknown.rule} speaks of no call in the time that the filter names`;
    case "apis-outside":
      return `rule ${unknown.rule} speaks of no API that the filter names`;
    case "gap": {
      const [first] = unknown.gaps as readonly [HourRun];
      const more = unknown.gaps.length > 1 ? `, nor in ${unknown.gaps.length - 1} more gaps` : "";
      return `there are no logs from ${isoOf(first.from * HOUR)} to ${isoOf(first.to * HOUR)}${more}`;
    }
    case "untold": {
      const [first] = unknown.silences as readonly [HourRun];
      const more = unknown.silences.length > 1 ? `, and in ${unknown.silences.length - 1} more such silences` : "";
      return `whether calls are missing from ${isoOf(first.from * HOUR)} to ${isoOf(first.to * HOUR)}${more}, cannot be told: no other week says what is usual`;
    }
  }
}
