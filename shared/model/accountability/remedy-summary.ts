import { isLater, knownMoment, type Moment } from "../../base/moment.ts";
import type { RuleFindings } from "../finding.ts";
import type { DeveloperRemedy, RemedyEntry, RuleRemedy } from "./remedy.ts";

/** The fifth answer: of those that held the permission, who was revoked, who was not, and whom the log contradicts. */
export interface RemedySummary {
  /** Held the permission after the cutoff. */
  readonly held: readonly DeveloperRemedy[];
  /** Of these, a step says that its access was taken away, and the registry agrees. */
  readonly revoked: readonly DeveloperRemedy[];
  /** Of these, the registry has a grant that goes on. */
  readonly holding: readonly DeveloperRemedy[];
  /** Called after it was revoked, or after a certificate that all is deleted. */
  readonly calledAfter: readonly DeveloperRemedy[];
  readonly certifiedAgainst: readonly DeveloperRemedy[];
  readonly overdue: readonly DeveloperRemedy[];
  /** A developer may be late with several. */
  readonly overdueSteps: number;
}

/** Whether an entry counts as done at that time. */
export const isDoneAt = (entry: RemedyEntry, at: Moment): boolean =>
  entry.taken_back === undefined && entry.on !== undefined && !isLater(knownMoment(entry.on), at);

const hasCallsAgainst = ({ against }: RemedyEntry): boolean =>
  against.some(({ kind }) => kind === "calls" || kind === "later");

export function remedySummary(found: RuleFindings, { developers }: RuleRemedy, at: string): RemedySummary {
  const now = knownMoment(at);
  const findings = new Map(found.developers.map((row) => [row.developer_id, row]));
  const done = (row: DeveloperRemedy, step: RemedyEntry["step"]) =>
    row.entries.filter((entry) => entry.step === step && isDoneAt(entry, now));
  const isContradicted = (row: DeveloperRemedy, step: RemedyEntry["step"]) => done(row, step).some(hasCallsAgainst);
  const held = developers.filter(({ developer_id }) => findings.get(developer_id)?.entitled);
  const isHolding = (row: DeveloperRemedy) => {
    const latest = done(row, "revoked").at(-1);
    return latest === undefined
      ? findings.get(row.developer_id)?.revoked_at === undefined
      : latest.against.some(({ kind }) => kind === "grant");
  };
  const holding = held.filter(isHolding);
  return {
    held,
    revoked: held.filter((row) => done(row, "revoked").length > 0 && !holding.includes(row)),
    holding,
    calledAfter: developers.filter((row) => isContradicted(row, "revoked")),
    certifiedAgainst: developers.filter((row) => isContradicted(row, "certified")),
    overdue: developers.filter(({ overdue }) => overdue.length > 0),
    overdueSteps: developers.reduce((sum, { overdue }) => sum + overdue.length, 0),
  };
}
