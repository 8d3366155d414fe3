import { expect, test } from "vitest";
import { Inquiry } from "../../../main/findings/inquiry.ts";
import { draftLetter } from "../../../main/remedy/letters.ts";
import { putSteps } from "../../../main/remedy/steps/entries.ts";
import { knownMoment } from "../../../shared/base/moment.ts";
import { LETTER_KINDS } from "../../../shared/model/accountability/letter.ts";
import { caseOf } from "../../fixture.ts";

const caseFile = caseOf({
  events: [
    {
      time: "2019-07-31T12:00:00Z",
      app: "a",
      api: "groups",
      outcome: "allowed",
      fields: ["name"],
      subjects: ["u1", "u2"],
    },
    { time: "2019-09-14T12:00:00Z", app: "a", api: "groups", outcome: "allowed", fields: ["name"], subjects: ["u2"] },
  ],
  registry: {
    developers: [{ developer_id: "D1", developer: "Acme {Social}" }],
    apps: [{ app: "a", app_name: "Wall", developer_id: "D1" }],
    grants: [],
    consents: [],
    resources: [],
  },
  policy: {
    schema: "exhibit/policy@1",
    title: "P",
    as_of: "2019-11-05T00:00:00Z",
    recent_days: 60,
    rules: [
      {
        id: "r",
        title: "No names",
        effective_from: "2018-04-04T00:00:00Z",
        grace_days: 0,
        applies_to: {},
        restricted_fields: ["name"],
        permission: "p",
      },
    ],
  },
});
const entry = { rule: "r", developer_id: "D1", files: [] };
putSteps(
  caseFile.db,
  [
    { ...entry, step: "requested", on: "2019-08-12" },
    { ...entry, step: "certified", on: "2019-09-06" },
    { ...entry, step: "audited", due: "2019-11-29" },
  ],
  "",
  "",
);
const draft = (kind: (typeof LETTER_KINDS)[number]) =>
  draftLetter(new Inquiry(caseFile), { kind, developer_id: "D1", at: knownMoment("2019-12-02") });

test.each(LETTER_KINDS)("a letter of the kind %s is filled from the case, and what is not known stays open", (kind) => {
  const { text, open } = draft(kind);
  expect(text.startsWith("2019-12-02\n\nTo Acme {Social}\n[contact]\n[country]\n")).toBe(true);
  const said = text.replaceAll(/\s+/gu, " ");
  expect(said).toContain("Wall (a)");
  expect(said).toContain('"No names" ([authority])');
  expect(text.trimEnd().endsWith("T <t@example.org>")).toBe(true);
  expect(open).toEqual(expect.arrayContaining(["contact", "country", "authority"]));
  // Every place is filled or named, and nothing of a value is taken for one.
  expect(text.match(/\{[a-z_]+\}/gu)).toBeNull();
  for (const name of open) expect(said).toContain(`[${name}]`);
});

test("it says what the developer got, what speaks against it, and until when an answer is due", () => {
  expect(draft("deletion").text.replaceAll("\n", " ")).toContain(
    "in 2 calls from 2019-07-31 to 2019-09-14 it received name of people: 2",
  );
  expect(draft("audit").text.replaceAll("\n", " ")).toContain("certified on 2019-09-06: 1 call after it");
  expect(draft("audit").text).toContain("by 2019-11-29.");
  expect(draft("certification").text).toContain("On 2019-08-12 we asked you");
  expect(draft("certification").open).toContain("due certified");
});
