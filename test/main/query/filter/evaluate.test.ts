import fc from "fast-check";
import { expect, test } from "vitest";
import { Dataset } from "../../../../main/query/dataset.ts";
import { eventsAt } from "../../../../main/query/results/events.ts";
import { select } from "../../../../main/query/results/selection.ts";
import { parse } from "../../../../shared/filter/parse.ts";
import { resolve } from "../../../../shared/filter/resolve.ts";
import { caseOf, newCase } from "../../../fixture.ts";
import { conditionOf, registerFunctions } from "../../../reference/filter-sql.ts";
import { matchesEvent } from "../../../reference/matches-event.ts";
import { randomCase } from "../../../reference/random.ts";

const TERMS = [
  "api:groups",
  "api:GROUPS",
  "-api:events",
  "api:*",
  "-api:*",
  "operation:GET*",
  'operation:"GET*"',
  "outcome:allowed",
  "outcome:(denied or failed)",
  "-outcome:unknown",
  "status:2xx",
  "status>=300",
  "status<400",
  "status:200..299",
  "-status:*",
  "fields:name",
  "fields:from.name",
  "fields:*",
  "-fields:*",
  "fields_are:requested",
  "fields:(name or id)",
  "subjects:p1",
  "subjects:*",
  "-subjects:(p1 or p2)",
  "subject_count>0",
  "subject_count:*",
  "developer:*",
  "developer:acme*",
  "-developer:*",
  'developer:"Acme Social"',
  "developer:d2",
  "app:a1",
  "app:(a1 or a2)",
  "-app:*",
  "resource:g*",
  "time>=2018-04-04",
  "time<=2018-04",
  "time:2018-05",
  "time>2018-04-04",
  "time:2018-04-04..2019-09",
  "duplicate:yes",
  "duplicate:no",
  "source:1",
  "source:calls*",
  "line:2..5",
  "ip:10.0.0.0/8",
  "caller:service",
  "caller:(app or user)",
  "-caller:*",
  "method:*",
  "request_id:*",
  "bytes:*",
];

const filter = fc
  .array(fc.constantFrom(...TERMS), { minLength: 0, maxLength: 4 })
  .chain((terms) =>
    fc
      .array(fc.constantFrom(" ", " and ", " or "), { minLength: terms.length, maxLength: terms.length })
      .map((joints) => terms.map((term, index) => (index === 0 ? term : (joints[index] as string) + term)).join("")),
  )
  .chain((text) => fc.constantFrom(text, text === "" ? "" : `-(${text})`));

test("columns, SQL and a plain walk over each event find the same events, for any filter", () => {
  const caseFile = newCase();
  registerFunctions(caseFile.db);
  fc.assert(
    fc.property(randomCase, fc.array(filter, { minLength: 3, maxLength: 8 }), (input, filters) => {
      const dataset = new Dataset(caseOf(input, caseFile));
      const all = Array.from(
        eventsAt(
          dataset,
          Uint32Array.from({ length: dataset.columns.rows }, (_, position) => position),
        ),
        ({ event }) => event,
      );
      for (const text of filters) {
        const resolved = resolve(parse(text), {});
        const lines = Array.from(eventsAt(dataset, select(dataset, text).positions), ({ event }) => event.line);
        const plain = all.filter((event) => matchesEvent(resolved, event, { line: "", sourceNames: ["calls.jsonl"] }));
        // The plain walk knows names only; the columns also match a developer's id.
        if (!text.includes("developer:d2")) expect(lines, text).toEqual(plain.map((event) => event.line));
        if (text.includes("source:calls") || text.includes("developer:")) continue;
        const { sql, values } = conditionOf(resolved);
        const found = caseFile.db
          .prepare(`select line from event where ${sql} order by micros(time), source, line`)
          .pluck()
          .all(...values);
        expect(found, text).toEqual(lines);
      }
    }),
    { numRuns: 80 },
  );
});
