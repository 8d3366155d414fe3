import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { Case } from "../../../main/case/case.ts";
import { Inquiry } from "../../../main/findings/inquiry.ts";
import { registryText } from "../../../main/registry/document.ts";
import { type ImportOptions, importRegistry } from "../../../main/registry/import.ts";
import { REGISTRY_KINDS, type RegistryKind } from "../../../shared/model/registry.ts";
import { caseOf } from "../../fixture.ts";
import type { Call } from "../../reference/model.ts";
import { temporaryFolder } from "../../temporary.ts";
import { quickCase, registryOf } from "../query/dataset-of.ts";
import { PLAIN, ROWS, type Row, together, way, written, writtenTogether } from "./ways.ts";

// A registry written in every way that is read gives the rows and the findings of the plain one.

const POLICY = {
  schema: "exhibit/policy@1",
  as_of: "2019-11-05T00:00:00Z",
  recent_days: 600,
  rules: [
    {
      id: "r",
      effective_from: "2016-06-01T00:00:00Z",
      grace_days: 0,
      applies_to: { api: ["groups"] },
      restricted_fields: ["name"],
      permission: "p",
      consent_permission: "groups, members",
      exempt_apps: [],
    },
  ],
};
/** Calls of apps, people and resources that registries are made of, from before the first grant to behind the last end. */
const CALLS = Array.from({ length: 60 }, (_, n) => ({
  time: new Date(Date.UTC(2013, 9, 1) + n * 36 * 86_400_000).toISOString().replace(".000Z", "Z"),
  app: ["1041", "00123", "10500000000000", "Käse", "a;b", 'x"y', "0B6F3C1E-0A4F-4F0E-9A51-3D2C1B0A9F8E"][n % 7],
  api: "groups",
  resource: ["g1", "g2", "00042", "Käse & Wein"][n % 4],
  fields: n % 5 === 0 ? undefined : ["name"],
  ...(n % 3 === 0 ? { subject_count: 3 + n } : { subjects: [["u1", "u2"], ["007"], ["ann@x.example", "u9"]][n % 3] }),
  outcome: "allowed",
  fields_are: "returned",
})) as unknown as Call[];

let plain: Case;
let other: Case;
beforeAll(() => {
  const made = () => caseOf({ events: CALLS, registry: registryOf({}), policy: POLICY as never }, quickCase());
  plain = made();
  other = made();
});

const folder = temporaryFolder();
async function take(caseFile: Case, files: readonly Buffer[], options: ImportOptions): Promise<void> {
  const paths = files.map((bytes, n) => {
    const file = path.join(folder, `${caseFile === plain ? "plain" : "other"} ${n}`);
    fs.writeFileSync(file, bytes);
    return file;
  });
  await importRegistry(caseFile, paths, options);
}
/** Every row, and every number that rests on them. */
const stateOf = (caseFile: Case) => [registryText(caseFile.db), new Inquiry(caseFile).findings()];
function emptied(caseFile: Case): Case {
  for (const table of ["developer", "app", "grant_held", "consent", "resource", "registry_file", "registry_row"])
    caseFile.db.exec(`delete from ${table}`);
  return caseFile;
}

/** Two rows of one key in a file would contradict each other. */
const keyOf: Readonly<Record<RegistryKind, (row: Row) => string>> = {
  developers: ([id]) => JSON.stringify(id),
  apps: ([app, , , , from]) => JSON.stringify([app, from]),
  grants: ([app, permission, at]) => JSON.stringify([app, permission, at]),
  consents: ([subject, app, permission, at]) => JSON.stringify([subject, app, permission, at]),
  resources: ([id]) => JSON.stringify(id),
};
const rowsOf = (kind: RegistryKind, minLength = 1, maxLength = 8) =>
  fc.uniqueArray(ROWS[kind], { minLength, maxLength, selector: keyOf[kind] });

test.each(REGISTRY_KINDS)(
  "%s written in any supported way give the rows and findings of the plain file",
  async (kind) => {
    await fc.assert(
      fc.asyncProperty(rowsOf(kind), way, async (rows, how) => {
        await take(emptied(plain), [written(kind, rows, PLAIN)], {});
        await take(emptied(other), [written(kind, rows, how)], {});
        expect(stateOf(other)).toEqual(stateOf(plain));
      }),
      { numRuns: 40 },
    );
  },
);

const whole = fc.record({
  developers: rowsOf("developers"),
  apps: rowsOf("apps"),
  grants: rowsOf("grants"),
  consents: rowsOf("consents"),
  resources: rowsOf("resources"),
});

test("a whole registry gives the same findings in files apart and in one, whatever their order", async () => {
  const order = fc.shuffledSubarray([...REGISTRY_KINDS], { minLength: REGISTRY_KINDS.length });
  await fc.assert(
    fc.asyncProperty(
      whole,
      order,
      together,
      fc.array(way, { minLength: 5, maxLength: 5 }),
      async (all, kinds, one, ways) => {
        await take(
          emptied(plain),
          REGISTRY_KINDS.map((kind) => written(kind, all[kind], PLAIN)),
          {},
        );
        const expected = stateOf(plain);
        await take(
          emptied(other),
          [
            writtenTogether(
              kinds.map((kind) => [kind, all[kind]] as const),
              one,
            ),
          ],
          {},
        );
        expect(stateOf(other)).toEqual(expected);
        await take(
          emptied(other),
          kinds.map((kind, n) => written(kind, all[kind], ways[n] ?? PLAIN)),
          {},
        );
        expect(stateOf(other)).toEqual(expected);
      },
    ),
    { numRuns: 25 },
  );
});

test.each(REGISTRY_KINDS)("any prefix of a history of updates of %s gives the state of one file", async (kind) => {
  const histories = fc.array(rowsOf(kind, 1, 4), { minLength: 2, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(histories, way, async (history, how) => {
      emptied(other);
      for (const [n, rows] of history.entries()) {
        await take(other, [written(kind, rows, n % 2 === 0 ? PLAIN : how)], {});
        // one file that says all of it, the later rows below the earlier
        await take(emptied(plain), [written(kind, history.slice(0, n + 1).flat(), PLAIN)], {});
        expect(stateOf(other)).toEqual(stateOf(plain));
      }
    }),
    { numRuns: 15 },
  );
});
