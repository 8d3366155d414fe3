import fc from "fast-check";
import { expect } from "vitest";
import { sensitivity } from "../../main/findings/answers/cutoff-sensitivity.ts";
import { Inquiry } from "../../main/findings/inquiry.ts";
import { caseOf } from "../fixture.ts";
import { caseWithoutCache } from "../main/query/dataset-of.ts";
import { randomCase } from "../reference/random.ts";
import { referenceCouldMove, referenceShifts } from "../reference/sensitivity.ts";

const HOUR = 3_600_000_000;

/** The zone of a case's only source, as somebody chose it. */
export function chooseZone({ db }: { db: Inquiry["dataset"]["caseFile"]["db"] }, timezone: string, from: string): void {
  db.prepare("update source set timezone = ?, timezone_from = ?").run(timezone, from);
}

/** Berlin's offset by the runtime's own tables. */
const berlin = (time: number): number => {
  const shown = new Date(time / 1000).toLocaleString("sv-SE", { timeZone: "Europe/Berlin" });
  return Math.round((Date.parse(`${shown.replace(" ", "T")}Z`) * 1000 - time) / HOUR) * HOUR;
};
const ZONES = [
  ["UTC", () => 0],
  ["+05:30", () => 5.5 * HOUR],
  ["-12:00", () => -12 * HOUR],
  ["+14:00", () => 14 * HOUR],
  ["Europe/Berlin", berlin],
] as const;

/** Moving the cutoff gives what the policy would find with that cutoff, and each zone the calls that another could move. */
export function sensitivityAgrees(numRuns: number): void {
  const caseFile = caseWithoutCache();
  const moved = new Set<string>();
  fc.assert(
    fc.property(randomCase, fc.constantFrom(...ZONES), (input, [timezone, offsetAt]) => {
      caseOf(input, caseFile);
      chooseZone(caseFile, timezone, "option");
      const { rules } = sensitivity(new Inquiry(caseFile));
      const expected = input.policy.rules.map((rule) => ({
        rule: rule.id,
        shifts: referenceShifts(input, rule),
        zones: [
          { source: 1, timezone, timezone_from: "option", could_move: referenceCouldMove(input, rule, offsetAt) },
        ],
      }));
      expect(rules).toEqual(expected);
      for (const { shifts, zones } of rules) {
        for (const shift of shifts) if (shift.in.length + shift.out.length > 0) moved.add(shift.by);
        if ((zones[0]?.could_move.events ?? 0) > 0) moved.add("zone");
      }
    }),
    { numRuns },
  );
  expect(moved).toContain("zone");
  expect(moved.size).toBeGreaterThan(3);
  caseFile.close();
}
