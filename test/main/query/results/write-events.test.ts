import fc from "fast-check";
import { expect, test } from "vitest";
import { addNote, addTag } from "../../../../main/annotations/tag-and-note.ts";
import type { Dataset } from "../../../../main/query/dataset.ts";
import { csvColumns, csvLine } from "../../../../main/query/results/event-csv.ts";
import { eventsAt } from "../../../../main/query/results/events.ts";
import { IsoTexts } from "../../../../main/query/results/iso-texts.ts";
import { Pieces } from "../../../../main/query/results/piece-file.ts";
import { writeEvents } from "../../../../main/query/results/write-events.ts";
import { DAY, isoOf } from "../../../../shared/base/time.ts";
import type { Call } from "../../../reference/model.ts";
import { randomCase } from "../../../reference/random.ts";
import { datasets, noon, quickCase, type SaidCall } from "../dataset-of.ts";

const datasetOf = datasets();
const all = (dataset: Dataset) => Uint32Array.from({ length: dataset.columns.rows }, (_, p) => p);
const asIs = <T>(value: T): T => value;

/** JSON and CSV of events as they are made one by one, each row between two texts. */
function slowly(dataset: Dataset, positions: Uint32Array, has: ReadonlySet<"caller" | "part">) {
  const columns = csvColumns(has);
  const events = Array.from(eventsAt(dataset, positions), ({ event }) => event);
  return {
    json: events.map((event) => `${JSON.stringify(event)}\n`).join(""),
    csv: events.map((event, n) => `${positions[n]},${csvLine(event, columns).slice(0, -1)};é\n`).join(""),
  };
}

function quickly(dataset: Dataset, positions: Uint32Array, has: ReadonlySet<"caller" | "part">) {
  const [json, csv] = [new Gathered(), new Gathered()];
  writeEvents(
    dataset,
    positions,
    { json: json.pieces, csv: csv.pieces },
    {
      ...{ caller: has.has("caller"), part: has.has("part"), own: asIs },
      before: (position) => csv.pieces.number(position),
      behind: () => csv.pieces.write(";é\n"),
    },
  );
  return { json: json.text, csv: csv.text };
}

class Gathered {
  readonly #bytes: Buffer[] = [];
  readonly pieces = new Pieces((bytes) => this.#bytes.push(Buffer.from(bytes)));

  get text(): string {
    this.pieces.flush();
    return Buffer.concat(this.#bytes).toString();
  }
}

/** Texts that JSON escapes, a table quotes, or a spreadsheet would run. */
const odd = fc.oneof(
  fc.constantFrom(
    "",
    "=1+1",
    "-a",
    '"',
    "a,b",
    'x","y',
    "a;b",
    "\n",
    "\t",
    "\r\n",
    "Ünïcode 漢",
    "\u2028",
    "\\",
    "@x",
    "a b",
  ),
  fc.string({ unit: "grapheme", maxLength: 6 }),
);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
/** Ids in another spelling are one to a filter, and stay as the log has them. */
const id = fc.oneof(
  odd,
  fc.constantFrom(
    "Kim@Example.org",
    "kim@example.org",
    "6F9619FF-8B86-D011-B42D-00CF4FC964FF",
    "6f9619ff-8b86-d011-b42d-00cf4fc964ff",
  ),
);
const list = fc.array(odd, { maxLength: 4 });
const call = fc
  .record({
    app: maybe(id),
    developer: maybe(id),
    api: maybe(odd),
    operation: maybe(odd),
    method: maybe(odd),
    path: maybe(odd),
    status: maybe(fc.constantFrom(0, 200, 16384, 99999)),
    outcome: maybe(fc.constantFrom("allowed", "denied", "failed", "unknown")),
    actor: maybe(id),
    caller: maybe(fc.constantFrom("app", "user", "service")),
    resource: maybe(id),
    fields: maybe(list),
    fields_are: maybe(fc.constantFrom("returned", "requested")),
    subjects: maybe(list),
    subject_count: maybe(fc.constantFrom(0, 1, 20_000)),
    ip: maybe(odd),
    user_agent: maybe(odd),
    request_id: maybe(fc.constantFrom("0123456789abcdef", "r1", "=x", 'a"b')),
    bytes: maybe(fc.constantFrom(0, 7, 16_383, 2 ** 40)),
    duration_ms: maybe(fc.constantFrom(0, 0.5, 12, 1e6 + 0.25)),
    duplicate: maybe(fc.constant(true)),
  })
  .chain((said) => fc.nat({ max: 3e9 }).map((at) => ({ ...said, time: isoOf(1.5e15 + at * 1e3 + (at % 3) * 7) })));

test("events are written as JSON and CSV byte for byte as one by one, with tags, notes and parts", () => {
  const own = quickCase();
  fc.assert(
    fc.property(fc.array(call, { minLength: 1, maxLength: 8 }), odd, (calls, word) => {
      const known = calls.map((each) =>
        Object.fromEntries(Object.entries(each).filter(([, value]) => value !== undefined)),
      );
      const dataset = datasetOf(known as unknown as SaidCall[], {}, own);
      own.db.exec("delete from event_part");
      const has = new Set(["caller", "part"] as const);
      const on = { filter: "", ids: Uint32Array.from([1]) };
      addTag(own, on, "a tag");
      if (word.trim() !== "") addNote(own, on, word);
      own.db.exec("insert into event_part (id, part) select id, id + 1 from event_row where id % 2 = 1");
      const backwards = all(dataset).reverse();
      expect(quickly(dataset, backwards, has)).toEqual(slowly(dataset, backwards, has));
    }),
    { numRuns: 60 },
  );
});

test("so are those of cases by chance, and more than are read at once", () => {
  const own = quickCase();
  const has = new Set(["caller"] as const);
  fc.assert(
    fc.property(randomCase, (input) => {
      const dataset = datasetOf(input.events as Call[], input.registry, own);
      expect(quickly(dataset, all(dataset), has)).toEqual(slowly(dataset, all(dataset), has));
    }),
    { numRuns: 15 },
  );
  const many = datasetOf(Array.from({ length: 1001 }, (_, n) => ({ time: noon(1, n), path: `/${n}` })));
  expect(quickly(many, all(many), new Set())).toEqual(slowly(many, all(many), new Set()));
});

test("times are written as one by one, before 1970 and past the year 9999 too", () => {
  const texts = new IsoTexts();
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.integer({ min: -3, max: 3 }), (near, days) => {
      const time = near % 8.64e15;
      for (const each of [time, time + days * DAY, Math.floor(time / 1e6) * 1e6, Math.floor(time / 1e3) * 1e3])
        expect(texts.of(each)).toBe(isoOf(each));
    }),
  );
  for (const time of [-1, -1000, 0, 253402300800e6, -62167219200e6 - 1]) expect(texts.of(time)).toBe(isoOf(time));
});

test("an id stays as the log spells it, though columns know one spelling of it", () => {
  const dataset = datasetOf(["Kim@Example.org", "kim@example.org"].map((actor, n) => ({ time: noon(1, n), actor })));
  const { json } = quickly(dataset, all(dataset), new Set());
  const said = json.split("\n", 2).map((line) => JSON.parse(line).actor);
  expect(said).toEqual(["Kim@Example.org", "kim@example.org"]);
});
