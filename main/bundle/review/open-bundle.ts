import fs from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { Refusal } from "../../../shared/base/errors.ts";
import { given } from "../../../shared/base/given.ts";
import { idKey } from "../../../shared/base/same-id.ts";
import { instantOf, type Micros } from "../../../shared/base/time.ts";
import type { SourceClock } from "../../../shared/model/clocks.ts";
import { type EventRecord, FLAG } from "../../../shared/model/event.ts";
import type { Ledger, SourceLedger } from "../../../shared/model/ledger.ts";
import type { SourceState } from "../../../shared/model/source.ts";
import { type Case, openCase } from "../../case/case.ts";
import { createCase } from "../../case/create.ts";
import type { Lane } from "../../findings/coverage/coverage.ts";
import { ledgerOfSources } from "../../intake/line-ledger.ts";
import { printable } from "../../platform/printable-name.ts";
import { workingFolder } from "../../platform/working-folder.ts";
import type { Bag } from "../bag/load-bag.ts";
import type { BundleDocument } from "../contents/bundle-record.ts";
import { readHours } from "../contents/hourly-counts.ts";
import type { SourceRecord } from "../contents/source-records.ts";
import { openBag } from "../verify/bag/open-bag.ts";
import { bundleContents, custodyLinesOf } from "../verify/extract/bundle-contents.ts";
import { readExtract, readLines } from "../verify/extract/read-extract.ts";
import { fillCase } from "../verify/recompute/fill-case.ts";
import { verify } from "../verify/verify.ts";

/** A line of an original further on than this is not believed: its bytes are put where they stood, in a file with holes. */
const MAX_ORIGINAL_BYTES = 2 ** 40;

export interface OpenedBundle {
  /** Read-only; closing it removes all that was made of the bundle. */
  readonly caseFile: Case;
  /** What the bundle says of the whole case that it comes from. */
  readonly known: {
    readonly asOf?: Micros;
    readonly lanes: readonly Lane[];
    readonly only?: string;
    readonly holders?: Map<string, string>;
    readonly sources: readonly SourceState[];
    readonly ledger: Ledger;
    readonly clocks: SourceClock[];
    /** Its custody: acts of the whole case, which the rows made anew here are not compared with. */
    readonly custody: { readonly db: Database.Database };
  };
}

/**
 * Opens a bundle as a read-only case: its lines are read again, at the places where they stood in their originals, and its
 * registry, rules, decisions, steps, clocks, tags, notes and custody are there. It is verified first.
 * @throws Refusal `review-wrong` where it is not intact or no bundle, `bundle-missing`
 */
export async function openBundle(target: string): Promise<OpenedBundle> {
  const full = path.resolve(target);
  const name = printable(path.basename(full));
  const wrong = (await verify(full)).checks.filter(({ ok }) => ok === false);
  if (wrong.length > 0)
    throw new Refusal(
      "review-wrong",
      `${name} is not intact (${wrong.map(({ check }) => check).join(", ")})`,
      "see what is wrong with `exhibit verify`, and ask for it again",
    );
  const { bag, close } = await openBag(full);
  const folder = workingFolder("bundle");
  const remove = () => fs.rmSync(folder, { recursive: true, force: true });
  try {
    if (!bag?.exhibit) throw new Refusal("review-wrong", `${name} is not an Exhibit bundle`, "name a case or a bundle");
    demandAllFindings(name, (await bundleContents(bag)).about);
    const known = await fill(bag, path.join(folder, "case"), folder);
    const caseFile = openCase(path.join(folder, "case"), "read");
    const closeCase = () => {
      caseFile.close();
      known.custody.db.close();
      remove();
    };
    const readOnlyBecause = "it is a bundle; take its findings, tags and notes into a case of your own";
    return { caseFile: { ...caseFile, folder: full, readOnly: true, readOnlyBecause, close: closeCase }, known };
  } catch (error) {
    remove();
    throw error;
  } finally {
    await close();
  }
}

/** Numbers are worked out from calls: without those of some findings they would be others than the bundle says. */
function demandAllFindings(name: string, { findings }: BundleDocument): void {
  if (findings === undefined) return;
  throw new Refusal(
    "review-wrong",
    `${name} holds the calls of ${findings.join(" and ")} findings alone, so that its totals cannot be worked out as a case`,
    "read its page, or ask for a bundle of all findings",
  );
}

async function fill(bag: Bag, caseFolder: string, folder: string): Promise<OpenedBundle["known"]> {
  const contents = await bundleContents(bag);
  const { about } = contents;
  const caseFile = createCase(caseFolder, { title: about.title, examiner: about.examiner });
  try {
    caseFile.db.pragma("synchronous = off");
    const lines = path.join(folder, "lines");
    // Lines, tags and notes are taken from the bundle, as for a filter that names them.
    const { order } = await fillCase(bag, caseFile, contents, lines, "line tag note");
    await placeInOriginals(bag, caseFile, order, folder);
    const put = caseFile.db.prepare("update meta set value = ? where key = ?");
    put.run(about.case, "id");
    put.run(contents.acts[0]?.at ?? about.at, "created");
  } finally {
    caseFile.close();
  }
  return {
    ...given({ only: about.developer, asOf: about.as_of === undefined ? undefined : instantOf(about.as_of) }),
    custody: { db: custodyOf(await custodyLinesOf(bag)) },
    lanes: readHours(await readExtract(bag, "hours.csv")),
    ...(about.developer !== undefined && {
      holders: new Map(about.holders.map(({ app, developer_id: id }) => [idKey(app), id.replace(/^name:/u, "")])),
    }),
    ledger: ledgerOfSources(contents.sources.map(ledgerIn)),
    clocks: contents.sources.flatMap(({ source, file, clock }) => (clock ? [{ source, file, ...clock }] : [])),
    sources: contents.sources.map(
      ({ ambiguous_times: _a, broken_text: _b, reject_reasons: _r, clock: _c, mapping: _m, reference, ...state }) => ({
        ...state,
        ...(reference && { reference: { path: reference.path, state: "gone" } }),
      }),
    ),
  };
}

const ledgerIn = (source: SourceRecord): SourceLedger => ({
  source: source.source,
  file: source.file,
  ...(source.member !== undefined && { member: source.member }),
  ...(source.withdrawn && { withdrawn: true }),
  lines: { lines: source.lines, ...source.line_ledger },
  records: {
    events: source.events,
    rejected: source.rejected,
    skipped: source.skipped,
    duplicates: source.duplicates,
  },
  reasons: source.reject_reasons,
  ambiguous_times: source.ambiguous_times,
  broken_text: source.broken_text,
});

function custodyOf(lines: readonly string[]): Database.Database {
  const db = new Database(":memory:");
  db.exec("create table custody (seq integer primary key, entry text not null)");
  const insert = db.prepare("insert into custody (seq, entry) values (?, ?)");
  db.transaction(() => {
    for (const [index, line] of lines.entries()) insert.run(index + 1, line);
  })();
  return db;
}

type Place = Pick<EventRecord, "line" | "offset" | "length" | "part" | "duplicate">;

/** Each call gets its place in the original, and the original a file in which the lines of the bundle stand at their places. */
async function placeInOriginals(
  bag: Bag,
  { db, evidence }: Case,
  order: ReadonlyMap<number, number>,
  folder: string,
): Promise<void> {
  const rows = db
    .prepare(
      'select id, "offset", length from event_row where source = ? order by "offset", (select part from event_part where id = event_row.id)',
    )
    .raw();
  const setPlace = db.prepare('update event_row set line = ?, "offset" = ?, flags = (flags & ~1) | ? where id = ?');
  const refer = db.prepare(
    "update source set by_reference = 1, path = ?, packing = null, compression = null where id = ?",
  );
  for (const [source, places] of await placesOf(bag)) {
    const own = order.get(source) ?? -1;
    const found = rows.all(own) as [id: number, offset: number, length: number][];
    if (found.length !== places.length)
      throw new Error(`the lines of source ${source} give ${found.length} calls, events.jsonl has ${places.length}`);
    places.sort((a, b) => a.offset - b.offset || (a.part ?? 0) - (b.part ?? 0));
    const sha256 = db.prepare("select sha256 from source where id = ?").pluck().get(own) as string;
    const file = path.join(folder, `original-${source}`);
    const [from, to] = [fs.openSync(path.join(evidence, sha256), "r"), fs.openSync(file, "wx")];
    try {
      db.transaction(() => {
        for (const [at, [id, offset, length]] of found.entries()) {
          const place = places[at] as Place;
          if (!Number.isSafeInteger(place.offset) || place.offset < 0 || place.offset > MAX_ORIGINAL_BYTES)
            throw new Error(`events.jsonl has a call at ${place.offset} of source ${source}`);
          const bytes = Buffer.alloc(length);
          fs.readSync(from, bytes, 0, length, offset);
          fs.writeSync(to, bytes, 0, length, place.offset);
          setPlace.run(place.line, place.offset, place.duplicate ? FLAG.duplicate : 0, id);
        }
        db.prepare("delete from reference where source = ?").run(own);
        refer.run(file, own);
      })();
    } finally {
      fs.closeSync(from);
      fs.closeSync(to);
    }
  }
}

async function placesOf(bag: Bag): Promise<Map<number, Place[]>> {
  const said = new Map<number, Place[]>();
  for await (const text of readLines(bag, "events.jsonl")) {
    if (text === "") continue;
    const { source, line, offset, length, part, duplicate } = JSON.parse(text) as EventRecord;
    const list = said.get(source) ?? [];
    if (list.length === 0) said.set(source, list);
    list.push({ line, offset, length, ...(part && { part }), ...(duplicate && { duplicate }) });
  }
  return said;
}
