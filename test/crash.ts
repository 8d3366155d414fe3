import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { openCase } from "../main/case/case.ts";
import { exhibit } from "./exhibit.ts";
import { temporaryFolder } from "./fixture.ts";

const program = path.resolve(import.meta.dirname, "../main/exhibit.js");

/** `rows` calls as CSV, some rejected, some over several lines, every tenth id the same. */
function writeLog(file: string, rows: number): void {
  const lines = ["time,app,developer,api,operation,status,fields,member_ids,request_id"];
  for (let row = 0; row < rows; row += 1) {
    const time = row % 997 === 0 ? "no time" : new Date(1_522_800_000_000 + row * 1000).toISOString();
    const name = row % 501 === 0 ? `"Two\nlines, ""${row}"""` : `Developer ${row % 90}`;
    lines.push(
      `${time},a${row % 200},${name},groups,GET /{group-id}/members,${row % 7 === 0 ? 403 : 200},name;picture,p${row % 5000};p${row % 4999},${(row * 2_654_435_761).toString(16).padStart(16, "0").slice(-16)}`,
    );
  }
  fs.writeFileSync(file, `${lines.join("\n")}\n`);
}

/** Every column of every event, as any SQLite tool reads them. */
function digest(folder: string): string {
  const place = openCase(folder, "read");
  const hash = createHash("sha256");
  for (const row of place.db.prepare("select * from event order by source, line, offset").raw().iterate())
    hash.update(JSON.stringify(row));
  hash.update(
    JSON.stringify(
      place.db
        .prepare('select source, line, lines, "offset", length, reason from reject order by source, line')
        .raw()
        .all(),
    ),
  );
  place.close();
  return hash.digest("hex");
}

/** Starts the command as a process group of its own and kills the group after some milliseconds, unless it has ended. */
async function killed(after: number, ...args: string[]): Promise<void> {
  const child = spawn(process.execPath, [program, ...args], { stdio: "ignore", detached: true });
  const timer = setTimeout(() => child.pid !== undefined && process.kill(-child.pid, "SIGKILL"), after);
  await new Promise<void>((resolve) => child.once("exit", () => resolve()));
  clearTimeout(timer);
}

/**
 * Kills an import at `times` random moments over 0 to 105 % of its run, each time in a new case, and finishes it with
 * --resume: always the same rows. In every fifth round the first --resume is killed as well.
 */
export async function killAndResume(rows: number, times: number, seed = Date.now() % 1_000_000): Promise<void> {
  console.log(`kills by seed ${seed}`);
  const folder = temporaryFolder();
  const log = path.join(folder, "log.csv");
  writeLog(log, rows);
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
  let random = seed;
  const moment = () => {
    random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((random / 2_147_483_648) * took * 1.05);
  };
  for (let round = 0; round < times; round += 1) {
    const place = make(`killed-${round}`);
    const kills = [moment(), ...(round % 5 === 1 ? [moment()] : [])];
    for (const [index, after] of kills.entries())
      await killed(after, "import", place, log, ...(index > 0 ? ["--resume"] : []));
    const about = `seed ${seed}, round ${round}, killed after ${kills.join(" and ")} of ${took} ms`;
    const unfinished = exhibit("info", place, "--json").json<{ unfinished: string[]; sources: number }>();
    const resumed = exhibit("import", place, log, "--resume", "--json");
    expect(resumed.code, `${about}: ${resumed.err}`).toBe(0);
    expect(unfinished.unfinished.length + unfinished.sources, about).toBeLessThanOrEqual(1);
    expect(digest(place), about).toBe(expected);
    expect(exhibit("verify", place).code, about).toBe(0);
    fs.rmSync(place, { recursive: true, force: true });
  }
}
