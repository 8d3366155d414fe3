import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { SourceReport } from "../../../../shared/model/source.ts";
import type { Case } from "../../../case/case.ts";
import { createCase } from "../../../case/create.ts";
import { completeSources } from "../../../case/sources.ts";
import { openOriginal } from "../../../evidence/original.ts";
import { importFiles } from "../../../intake/import-files.ts";
import { withdraw } from "../../../intake/withdraw.ts";
import { Windowed } from "../../../platform/byte-source.ts";
import { printable } from "../../../platform/printable-name.ts";
import { workingFolder } from "../../../platform/working-folder.ts";
import type { Bag } from "../../bag/load-bag.ts";
import type { SourceRecord } from "../../contents/source-records.ts";
import { copiedHead } from "../../contents/write-lines.ts";
import { bad, good, none, type Outcome } from "../bag/outcomes.ts";
import type { BundleContents } from "../extract/bundle-contents.ts";
import { readLines } from "../extract/read-extract.ts";
import { forgetActs } from "../recompute/forget-acts.ts";
import { nameSource, nextSourceIs } from "../recompute/source-numbers.ts";
import { wholeCaseFaults } from "../recompute/whole-case.ts";

const ORIGINALS = "data/originals/";

/**
 * With originals: each has the digest that sources.json says, each record in lines/ stands in it, byte for byte, where index.csv
 * says, and all of them are read again, whatever lines/ says. Without, all of that is on trust.
 */
export async function sourcesCheck(bag: Bag, contents: BundleContents): Promise<Outcome> {
  const { about, sources } = contents;
  const named = new Set(Object.values(about.originals).map((name) => ORIGINALS + name));
  const strangers = [...bag.files.sizes.keys()].filter((name) => name.startsWith(ORIGINALS) && !named.has(name));
  const faults = strangers.map((name) => `${printable(name)} is there, and bundle.json names no such original`);
  if (named.size === 0)
    return faults.length > 0 ? bad("originals-differ", faults.join("; ")) : none("originals-none", sources.length);
  const counted = sources.filter(({ withdrawn }) => !withdrawn);
  for (const { source, file } of counted)
    if (about.originals[source] === undefined)
      faults.push(`bundle.json names no original of source ${source} (${printable(file)})`);
  const folder = workingFolder("originals");
  let caseFile: Case | undefined;
  let records = 0;
  try {
    caseFile = createCase(path.join(folder, "case"), { title: "originals", examiner: "verify" });
    // Nobody resumes it after a crash, so nothing has to be on the disk at any moment.
    caseFile.db.pragma("synchronous = off");
    const places = await placesOf(bag);
    const order = new Map<number, number>();
    const byOriginal = Map.groupBy(
      counted.filter(({ source }) => about.originals[source] !== undefined),
      ({ source }) => about.originals[source] as string,
    );
    for (const [name, members] of byOriginal) {
      if (!bag.files.sizes.has(ORIGINALS + name)) {
        faults.push(`${ORIGINALS}${printable(name)}, which bundle.json names, is not there`);
        continue;
      }
      const file = path.join(folder, `original-${members[0]?.source}`);
      const digest = await copyOut(bag, ORIGINALS + name, file);
      const [first] = members;
      if (first && digest !== first.sha256) {
        faults.push(`${ORIGINALS}${printable(name)} has the SHA-256 ${digest}, and in sources.json ${first.sha256}`);
        continue;
      }
      nextSourceIs(caseFile, first?.source ?? 0);
      const again = await readAgain(caseFile, file, members);
      for (const source of members) {
        const what = `source ${source.source} (${printable(source.file)})`;
        const report = again.get(source.member ?? "");
        if (!report) {
          faults.push(`${what} cannot be read again from ${ORIGINALS}${printable(name)}`);
          continue;
        }
        nameSource(caseFile, report.source, source);
        order.set(source.source, report.source);
        const own = places.get(source.source) ?? [];
        records += own.length;
        faults.push(...(await recordFaults(bag, caseFile, { source, report, places: own, folder })));
      }
    }
    if (faults.length === 0) {
      forgetActs(caseFile);
      // Files in an archive that the case does not count.
      const ours = new Set(order.values());
      for (const { id, withdrawn } of completeSources(caseFile.db))
        if (!ours.has(id) && withdrawn === null) withdraw(caseFile, id, { reason: "not in the bundle" });
      faults.push(...(await wholeCaseFaults(bag, contents, caseFile, order)));
    }
  } finally {
    caseFile?.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
  return faults.length > 0
    ? bad("originals-differ", faults.slice(0, 20).join("; "))
    : good("originals-agree", named.size, counted.length, records);
}

/** Gives its SHA-256. */
async function copyOut(bag: Bag, name: string, file: string): Promise<string> {
  const hash = createHash("sha256");
  async function* pieces() {
    for await (const chunk of bag.files.read(name)) {
      hash.update(chunk);
      // Several wait to be written.
      yield Buffer.from(chunk);
    }
  }
  await pipeline(Readable.from(pieces()), fs.createWriteStream(file));
  return hash.digest("hex");
}

/** By the path inside the archive, where the original is one. */
async function readAgain(
  caseFile: Case,
  file: string,
  members: readonly SourceRecord[],
): Promise<Map<string, SourceReport>> {
  const asRead = ({ mapping, encoding, timezone }: SourceRecord) => ({ mapping: { ...mapping, encoding }, timezone });
  const { sources } = await importFiles(
    caseFile,
    [file],
    {
      ...asRead(members[0] as SourceRecord),
      members: new Map(members.map((source) => [source.member ?? "", asRead(source)])),
      by: "verify",
    },
    {},
  );
  return new Map(sources.map((report) => [report.member ?? "", report]));
}

/** A record of index.csv: where it is in the original and in its file of lines/. */
interface Place {
  readonly file: string;
  readonly at: number;
  readonly line: number;
  readonly offset: number;
  readonly length: number;
}

async function placesOf(bag: Bag): Promise<Map<number, Place[]>> {
  const places = new Map<number, Place[]>();
  let row = 0;
  for await (const text of readLines(bag, "lines/index.csv")) {
    row += 1;
    if (row === 1 || text === "") continue;
    const match = /^(source-\d+\.txt),(\d+),(\d+),(\d+),(\d+),(\d+)$/u.exec(text);
    if (!match) throw new Error(`line ${row} of lines/index.csv is not a record's place`);
    const [at, source, line, offset, length] = match.slice(2).map(Number) as [number, number, number, number, number];
    const place = { file: match[1] as string, at, line, offset, length };
    const list = places.get(source);
    if (list) list.push(place);
    else places.set(source, [place]);
  }
  return places;
}

interface RecordsOf {
  readonly source: SourceRecord;
  readonly report: SourceReport;
  readonly places: readonly Place[];
  readonly folder: string;
}

async function recordFaults(
  bag: Bag,
  caseFile: Case,
  { source, report, places, folder }: RecordsOf,
): Promise<string[]> {
  if (places.length === 0) return [];
  const name = `lines/source-${source.source}.txt`;
  const faults: string[] = [];
  const copy = path.join(folder, "lines");
  await copyOut(bag, `data/extract/${name}`, copy);
  const whole = openOriginal(caseFile, report.source);
  const original = new Windowed(whole);
  const lines = fs.openSync(copy, "r");
  const isSame = (at: number, offset: number, length: number) => {
    const bytes = Buffer.alloc(length);
    return fs.readSync(lines, bytes, 0, length, at) === length && bytes.equals(original.read(offset, length));
  };
  try {
    if (!isSame(0, 0, copiedHead(caseFile, report.source)))
      faults.push(`${name} does not begin as the original of source ${source.source} (${printable(source.file)}) does`);
    for (const { file, at, line, offset, length } of places) {
      if (`lines/${file}` !== name || offset + length > whole.bytes || !isSame(at, offset, length))
        faults.push(
          `${name}: the record of line ${line} is not what stands in the original at offset ${offset} (${printable(source.file)})`,
        );
      if (faults.length >= 8) break;
    }
    // A part of a record has its record's place.
    const lineAt = new Map(places.map(({ offset, line }) => [offset, line]));
    const rows = caseFile.db.prepare('select "offset", line from event_row where source = ?').raw();
    for (const [offset, line] of rows.iterate(report.source) as IterableIterator<[number, number]>) {
      const said = lineAt.get(offset);
      lineAt.delete(offset);
      if (said !== undefined && said !== line && faults.length < 8)
        faults.push(
          `lines/index.csv: the record of source ${source.source} at offset ${offset} is of line ${line}, not ${said}`,
        );
    }
    for (const [offset, line] of lineAt)
      if (faults.length < 8)
        faults.push(
          `lines/index.csv: no record of source ${source.source} is at offset ${offset}, which it calls line ${line}`,
        );
  } finally {
    fs.closeSync(lines);
    original.close();
  }
  return faults;
}
