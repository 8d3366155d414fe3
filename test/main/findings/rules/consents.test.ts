import { expect, test } from "vitest";
import { PersonIndex } from "../../../../main/findings/people/person-index.ts";
import { Consents } from "../../../../main/findings/rules/consents.ts";
import { instantOf } from "../../../../shared/base/time.ts";
import type { RegistryRows } from "../../../reference/model.ts";
import { datasets, noon } from "../../query/dataset-of.ts";

const datasetOf = datasets();
const [GIVEN, WITHDRAWN] = ["2018-05-01T00:00:00Z", "2018-06-01T00:00:00Z"];
const consent = { subject: "p1", app: "a1", permission: "opt_in", given_at: GIVEN, withdrawn_at: WITHDRAWN };

function consents(rows: RegistryRows["consents"], permission: string | undefined = "opt_in") {
  const dataset = datasetOf([{ time: noon(1), app: "a1", subjects: ["p1"] }], { consents: rows });
  const people = new PersonIndex(dataset.columns);
  const held = new Consents(dataset, people, permission);
  const app = dataset.columns.codes("app")[0] as number;
  const covers = (time: string, person = "p1") => held.covers(people.code(person), app, instantOf(time));
  return { held, app, covers };
}

test("a consent holds from the instant it is given until just before it is withdrawn", () => {
  const { covers } = consents([consent]);
  const times = ["2018-04-30T23:59:59.999999Z", GIVEN, "2018-05-31T23:59:59.999999Z", WITHDRAWN];
  expect(times.map((time) => covers(time))).toEqual([false, true, true, false]);
});

test("one that was never withdrawn holds for good; one withdrawn as it was given never did", () => {
  const { withdrawn_at: _end, ...open } = consent;
  expect(consents([open]).covers("2255-01-01T00:00:00Z")).toBe(true);
  expect(consents([{ ...consent, withdrawn_at: GIVEN }]).covers(GIVEN)).toBe(false);
});

test("given again after a withdrawal it holds again, and in between it does not", () => {
  const again = { ...consent, given_at: "2018-07-01T00:00:00Z", withdrawn_at: "2018-08-01T00:00:00Z" };
  const { covers } = consents([again, consent]);
  expect(
    [noon(1), "2018-05-02T00:00:00Z", "2018-06-15T00:00:00Z", "2018-07-02T00:00:00Z"].map((time) => covers(time)),
  ).toEqual([false, true, false, true]);
});

test("it is one person's, for one app and one permission", () => {
  expect(consents([consent]).covers(GIVEN, "p2")).toBe(false);
  const elsewhere = consents([{ ...consent, app: "a2" }]);
  expect([elsewhere.covers(GIVEN), elsewhere.held.concern(elsewhere.app)]).toEqual([false, false]);
  expect(consents([{ ...consent, permission: "other" }]).covers(GIVEN)).toBe(false);
});

test("a rule that names no consent knows none", () => {
  const dataset = datasetOf([{ time: noon(1), app: "a1", subjects: ["p1"] }], { consents: [consent] });
  expect(new Consents(dataset, new PersonIndex(dataset.columns), undefined).concern(1)).toBe(false);
});
