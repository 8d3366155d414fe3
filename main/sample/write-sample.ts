import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setImmediate as breathe } from "node:timers/promises";
import { writeCloudCase } from "./cloud/write-case.ts";
import { INCIDENT, MAPPINGS, policy, README } from "./files/documents.ts";
import { Exports } from "./files/exports.ts";
import { ownerOf } from "./incident/actors.ts";
import { Calls } from "./incident/all-calls.ts";
import { iso } from "./incident/calendar.ts";
import { Cast } from "./incident/cast.ts";
import { Random } from "./incident/random.ts";
import { registryFiles } from "./incident/registry.ts";
import { CLOCKS_FILE, FACTS } from "./truth/clocks.ts";
import { Truth } from "./truth/truth.ts";

interface SampleOptions {
  /** How many different calls, from 2,000 on; records that stand in the files twice come on top. */
  rows?: number;
  seed?: number;
  progress?(rows: number, total: number): void;
}

interface SampleSummary {
  /** Relative to the folder, in the order written. */
  files: string[];
  /** Those of the cloud case, an incident of its own. */
  cloud: string[];
  /** Events in the exports, duplicates included. */
  rows: number;
  /** Of the exports. */
  bytes: number;
}

/** Why no sample was written; `code` is for the program, the message for people. */
class SampleError extends Error {
  readonly code: "ENOTEMPTY" | "ERR_OUT_OF_RANGE";

  constructor(code: SampleError["code"], message: string) {
    super(message);
    this.name = "SampleError";
    this.code = code;
  }
}

const MIN_ROWS = 2000;

/**
 * Writes the sample incident into `dir`, which must be empty or not there: log exports, registry, policy, claims, and
 * `truth.json`, which is known from making the calls up and never read back. The same rows and seed give the same bytes
 * on every machine.
 */
export async function writeSample(dir: string, options: SampleOptions = {}): Promise<SampleSummary> {
  const { rows = 20_000, seed = 1 } = options;
  if (!Number.isSafeInteger(rows) || rows < MIN_ROWS) {
    throw new SampleError(
      "ERR_OUT_OF_RANGE",
      `${rows} rows are too few for all that happens in the sample; ${MIN_ROWS} are the fewest`,
    );
  }
  makeFolders(dir);
  const cast = new Cast(rows, seed);
  const truth = new Truth(cast);
  const exports = new Exports(join(dir, "exports"), cast.groups, new Random(seed, 3));
  const calls = new Calls(cast, rows, seed);
  const { call } = calls;
  let made = 0;
  for (let plan = calls.next(); plan; plan = calls.next()) {
    const owner = call.app === undefined ? (plan.owner ?? cast.unknown) : ownerOf(call.app, call.time);
    truth.call(call, owner);
    exports.write(call, plan.copies ?? 1, plan.only, truth.record);
    if (++made % 65_536 === 0) {
      options.progress?.(made, rows);
      await breathe();
    }
  }
  options.progress?.(rows, rows);

  const sealed = exports.close();
  const digests: Record<string, string> = {};
  const files = exports.all.map(({ file }, i) => {
    digests[`exports/${file}`] = (sealed[i] as { sha256: string }).sha256;
    return `exports/${file}`;
  });
  const write = (file: string, text: string): void => {
    writeFileSync(join(dir, file), text, { flag: "wx" });
    digests[file] = createHash("sha256").update(text).digest("hex");
    files.push(file);
  };
  for (const [file, mapping] of Object.entries(MAPPINGS)) write(`mappings/${file}`, json(mapping));
  for (const [file, text] of Object.entries(registryFiles(cast))) write(`registry/${file}`, text);
  write("policy.json", json(policy(cast)));
  write("claims.json", json(truth.claims.document));
  write("remedy.csv", truth.remedyTable);
  write("clocks.json", json(CLOCKS_FILE));
  write("facts.json", json(FACTS));
  write("incident.json", json(INCIDENT));
  write("README.txt", README);
  const sources = exports.all.map(({ source, file, format, encoding, compressed, ledger }, i) => {
    const { ambiguous, first, last, ...account } = ledger;
    const compression = compressed ? { compression: "gzip" } : {};
    return {
      source,
      file,
      ...sealed[i],
      format,
      encoding,
      ...compression,
      ...account,
      ambiguous_times: ambiguous,
      first: iso(first),
      last: iso(last),
    };
  });
  const cloud = writeCloudCase(join(dir, "cloud"), seed).map((file) => `cloud/${file}`);
  write("truth.json", json({ seed, calls: rows, ...truth.json(), sources, digests: { ...digests } }));
  return {
    files,
    cloud,
    rows: sources.reduce((sum, source) => sum + source.events, 0),
    bytes: sealed.reduce((sum, file) => sum + file.bytes, 0),
  };
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

function makeFolders(dir: string): void {
  // One by one: Node's own way waits for ever in some folders that no program can write, such as /proc.
  const missing: string[] = [];
  for (let at = dir; !existsSync(at); at = dirname(at)) missing.unshift(at);
  for (const each of missing) mkdirSync(each);
  if (readdirSync(dir).length > 0) throw new SampleError("ENOTEMPTY", `${dir} is not empty`);
  for (const folder of ["exports", "mappings", "registry"]) mkdirSync(join(dir, folder));
}
