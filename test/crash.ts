import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { expect } from "vitest";
import { openCase } from "../main/case/case.ts";
import { exhibit } from "./exhibit.ts";
import { tarOf } from "./main/evidence/archives/archive-makers.ts";
import { temporaryFolder } from "./temporary.ts";

const program = path.resolve(import.meta.dirname, "../main/exhibit.js");

/** `rows` calls as CSV, some rejected, some over several lines, every tenth id the same. */
function logOf(rows: number, from = 0): string {
  const lines = ["time,app,developer,api,operation,status,fields,member_ids,request_id"];
  for (let row = from; row < from + rows; row += 1) {
    const time = row % 997 === 0 ? "no time" : new Date(1_522_800_000_000 + row * 1000).toISOString();
    const name = row % 501 === 0 ? `"Two\nlines, ""${row}"""` : `Developer ${row % 90}`;
    lines.push(
      `${time},a${row % 200},${name},groups,GET /{group-id}/members,${row % 7 === 0 ? 403 : 200},name;picture,p${row % 5000};p${row % 4999},${(row * 2_654_435_761).toString(16).padStart(16, "0").slice(-16)}`,
    );
  }
  return `${lines.join("\n")}\n`;
}

/** Every column of every event, as any SQLite tool reads them; without ids where rows may have been given new ones. */
function digest(folder: string, withIds = true): string {
  const caseFile = openCase(folder, "read");
  const hash = createHash("sha256");
  const columns = (caseFile.db.pragma("table_info(event)") as { name: string }[]).map(({ name }) => `"${name}"`);
  const chosen = columns.filter((name) => withIds || name !== '"id"').join(", ");
  // each row as one text: made by SQLite itself, in a third of the time
  const rows = caseFile.db.prepare(`select json_array(${chosen}) from event order by source, line, "offset"`).pluck();
  for (const row of rows.iterate()) hash.update(row as string);
  hash.update(
    JSON.stringify(
      caseFile.db
        .prepare(
          `select source, line, lines, "offset", length, reason from reject
           where source in (select id from source where state = 'complete') order by source, line`,
        )
        .raw()
        .all(),
    ),
  );
  caseFile.close();
  return hash.digest("hex");
}

/** Starts the command as a process group of its own and kills the group after some milliseconds, unless it has ended. */
async function killed(after: number, ...args: string[]): Promise<void> {
  const child = spawn(process.execPath, [program, ...args], { stdio: "ignore", detached: true });
  const timer = setTimeout(() => child.pid !== undefined && process.kill(-child.pid, "SIGKILL"), after);
  await new Promise<void>((resolve) => child.once("exit", () => resolve()));
  clearTimeout(timer);
}

/** Random milliseconds over 0 to 105 % of a run. */
function momentsOf(seed: number, took: number): () => number {
  let random = seed;
  return () => {
    random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((random / 2_147_483_648) * took * 1.05);
  };
}

/** One log, or an archive of three. */
function writeExport(folder: string, rows: number, isArchive: boolean): string {
  const file = path.join(folder, isArchive ? "logs.tgz" : "log.csv");
  const third = Math.ceil(rows / 3);
  const members = [0, 1, 2].map((n) => ({ name: `logs/${n}.csv`, data: logOf(third, n * third) }));
  fs.writeFileSync(file, isArchive ? zlib.gzipSync(tarOf(members)) : logOf(rows));
  return file;
}

/**
 * Kills an import at `times` random moments over 0 to 105 % of its run, each time in a new case, and finishes it with
 * --resume: always the same rows. In every fifth round the first --resume is killed as well.
 */
export async function killAndResume(
  rows: number,
  times: number,
  isArchive = false,
  seed = Date.now() % 1_000_000,
): Promise<void> {
  console.log(`kills by seed ${seed}`);
  const folder = temporaryFolder();
  const log = writeExport(folder, rows, isArchive);
  const make = (name: string) => {
    const place = path.join(folder, name);
    expect(exhibit("create", place, "--examiner", "X").code).toBe(0);
    return place;
  };
  const undisturbed = make("undisturbed");
  const began = Date.now();
  expect(exhibit("import", undisturbed, log).code).toBe(0);
  const took = Date.now() - began;
  const expected = digest(undisturbed);
  const moment = momentsOf(seed, took);
  for (let round = 0; round < times; round += 1) {
    const place = make(`killed-${round}`);
    const kills = [moment(), ...(round % 5 === 1 ? [moment()] : [])];
    for (const [index, after] of kills.entries())
      await killed(after, "import", place, log, ...(index > 0 ? ["--resume"] : []));
    const about = `seed ${seed}, round ${round}, killed after ${kills.join(" and ")} of ${took} ms`;
    const unfinished = exhibit("info", place, "--json").json<{ unfinished: string[]; sources: number }>();
    const resumed = exhibit("import", place, log, "--resume", "--json");
    expect(resumed.code, `${about}: ${resumed.err}`).toBe(0);
    expect(unfinished.unfinished.length + unfinished.sources, about).toBeLessThanOrEqual(isArchive ? 3 : 1);
    expect(digest(place), about).toBe(expected);
    expect(exhibit("verify", place).code, about).toBe(0);
    fs.rmSync(place, { recursive: true, force: true });
  }
}

/** Kills readings anew at random moments: the source is as it was or as it was to be, whole, and the next reading goes through. */
export async function killAndRemap(rows: number, times: number, seed = Date.now() % 1_000_000): Promise<void> {
  console.log(`kills by seed ${seed}`);
  const folder = temporaryFolder();
  const at = (name: string) => path.join(folder, name);
  fs.writeFileSync(at("log.csv"), logOf(rows));
  const [place, own] = [at("case"), ["--format", "csv"]];
  const fields = { actor: "developer", developer: { value: "nobody" }, time: "time" };
  fs.writeFileSync(at("m.json"), JSON.stringify({ schema: "exhibit/mapping@1", format: "csv", fields }));
  const other = ["--mapping", at("m.json")];
  expect(exhibit("create", place, "--examiner", "X").code).toBe(0);
  expect(exhibit("import", place, at("log.csv")).code).toBe(0);
  expect(exhibit("tag", place, "app:a7", "--add", "seen").code).toBe(0);
  const tagged = exhibit("query", place, "tag:seen", "--count").out;
  const before = digest(place, false);
  const began = Date.now();
  expect(exhibit("remap", place, "1", ...other).code).toBe(0);
  const moment = momentsOf(seed, Date.now() - began);
  const after = digest(place, false);
  expect(after).not.toBe(before);
  for (let round = 0; round < times; round += 1) {
    expect(exhibit("remap", place, "1", ...own).code).toBe(0);
    expect(digest(place, false)).toBe(before);
    const when = moment();
    await killed(when, "remap", place, "1", ...other);
    const about = `seed ${seed}, round ${round}, killed after ${when} ms`;
    const checked = exhibit("verify", place);
    expect(checked.code, `${about}: ${checked.out}${checked.err}`).toBe(0);
    expect([before, after], about).toContain(digest(place, false));
    expect(exhibit("query", place, "tag:seen", "--count").out, about).toBe(tagged);
  }
}
