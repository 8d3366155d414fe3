import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { exhibit, type Ran } from "../../exhibit.ts";
import { temporaryFolder } from "../../temporary.ts";

const program = path.resolve(import.meta.dirname, "../../../main/exhibit.js");
const folder = temporaryFolder();
const at = (name: string) => path.join(folder, name);
const write = (name: string, text: string | Buffer) => {
  fs.writeFileSync(at(name), text);
  return at(name);
};
const CSV = "time,app,api,status\n2019-01-01T00:00:00Z,a1,groups,200\n";

/** One line, what happened and what to do; exit 2; never a stack. */
function expectRefusal(ran: Ran, what: RegExp, code = 2): void {
  expect(ran.err).toMatch(what);
  expect(ran.err.trimEnd().split("\n")).toHaveLength(1);
  expect(ran.err).toMatch(/^exhibit: .+: .+\n$/u);
  expect(ran.code).toBe(code);
}

beforeAll(() => {
  expect(exhibit("create", at("case"), "--title", "T", "--examiner", "R. Vale <vale@example.org>").code).toBe(0);
});

describe("bad input is answered with one sentence and changes nothing", () => {
  const events = () => exhibit("info", at("case"), "--json").json();

  test.each<[string, () => string, RegExp]>([
    ["no such file", () => at("none.csv"), /none\.csv/u],
    ["empty", () => write("empty.csv", ""), /empty\.csv is empty/u],
    ["a folder without logs", () => folder, /holds no log/u],
    ["truncated gzip", () => write("cut.csv.gz", zlib.gzipSync(CSV.repeat(5000)).subarray(0, 200)), /cut\.csv\.gz/u],
    [
      "a picture",
      () =>
        write("photo.png", Buffer.from("89504e470d0a1a0a0000000d49484452000000100000001008060000001ff3ff61", "hex")),
      /photo\.png is not a log/u,
    ],
  ])("import of %s", (_, file, what) => {
    const before = events();
    expectRefusal(exhibit("import", at("case"), file()), what);
    expect(events()).toEqual(before);
    expect(fs.readdirSync(at("case/evidence"))).toEqual([]);
  });

  test("a mapping, a policy and claims with a mistake are refused by the key", () => {
    write("ok.csv", CSV);
    expectRefusal(
      exhibit(
        "import",
        at("case"),
        at("ok.csv"),
        "--mapping",
        write("m.json", '{"schema":"exhibit/mapping@1","fieldz":{}}'),
      ),
      /fieldz/u,
    );
    expectRefusal(exhibit("policy", at("case"), write("p.json", '{"schema":"exhibit/policy@1","rulez":[]}')), /rulez/u);
    expectRefusal(
      exhibit(
        "claims",
        at("case"),
        write("c.json", '{"schema":"exhibit/claims@1","claims":[{"id":"a","text":"t","mesure":"people"}]}'),
      ),
      /mesure/u,
    );
    expectRefusal(exhibit("policy", at("case"), write("broken.json", "{")), /broken\.json/u);
  });

  test("a filter says where it is wrong", () => {
    expectRefusal(exhibit("query", at("case"), "developper:x"), /at 1: `developper` is not a field/u);
    expectRefusal(exhibit("query", at("case"), "-developper:x"), /at 2: /u);
    expectRefusal(exhibit("query", at("case"), "time:last60d"), /at \d+: /u);
  });

  test("help and version are JSON where that is asked for", () => {
    const [all, one] = [exhibit("help", "--json"), exhibit("query", "--help", "--json")];
    expect(all.json<{ commands: { name: string }[] }>().commands.map(({ name }) => name)).toContain("verify");
    expect(one.json<{ commands: object[] }>().commands).toMatchObject([{ name: "query", takes: ["CASE", "FILTER"] }]);
    expect(exhibit("--version", "--json").json()).toEqual({ version: expect.any(String) });
  });

  test("commands and options that are none", () => {
    expectRefusal(exhibit("improt", at("case")), /There is no command "improt"/u);
    expectRefusal(exhibit("query", at("case")), /needs FILTER/u);
    expectRefusal(exhibit("info", at("case"), "--jsn"), /--jsn/u);
    expectRefusal(exhibit("info", at("nowhere")), /no case in/u);
    expectRefusal(exhibit("create", at("case"), "--examiner", "X"), /A case is already there/u);
    expectRefusal(exhibit("create", at("other")), /needs an examiner/u);
    expect(fs.existsSync(at("other"))).toBe(false);
    expectRefusal(exhibit("verify", at("nothing.zip")), /nothing\.zip/u);
  });

  test("a case from a newer version is not touched", () => {
    exhibit("create", at("newer"), "--examiner", "X");
    const file = at("newer/case.db");
    const bytes = fs.readFileSync(file);
    // user_version stands at byte 60 of the header (SQLite file format, 1.3).
    bytes.writeUInt32BE(4711, 60);
    fs.writeFileSync(file, bytes);
    expectRefusal(exhibit("info", at("newer")), /newer version/u);
    expectRefusal(exhibit("import", at("newer"), write("n.csv", CSV)), /newer version/u);
    expect(fs.readFileSync(file).equals(bytes)).toBe(true);
  });

  test("one bad file among several: the others are imported, exit 2 at the end", () => {
    exhibit("create", at("several"), "--examiner", "X");
    const ran = exhibit(
      "import",
      at("several"),
      write("one.csv", CSV),
      at("missing.csv"),
      write("two.csv", CSV.replace("a1", "a2")),
      "--json",
    );
    expect(ran.code).toBe(2);
    expect(ran.json<{ sources: { file: string }[] }>().sources.map((source) => source.file)).toEqual([
      "one.csv",
      "two.csv",
    ]);
    expect(ran.err).toMatch(/missing\.csv/u);
  });

  test("--strict makes a rejected record exit 1", () => {
    exhibit("create", at("strict"), "--examiner", "X");
    const bad = write("bad.csv", `${CSV}yesterday,a1,groups,200\n`);
    expect(exhibit("import", at("strict"), bad, "--strict").code).toBe(1);
    // It is there already, and nothing is rejected now.
    expect(exhibit("import", at("strict"), bad, "--strict").code).toBe(0);
  });
});

test.skipIf(!fs.existsSync("/dev/full"))(
  "an answer that cannot be written is one line, and so is a file under a file",
  () => {
    const full = spawnSync(process.execPath, [program, "info", at("case")], {
      encoding: "utf8",
      stdio: ["ignore", fs.openSync("/dev/full", "w"), "pipe"],
    });
    expect(full.stderr).toMatch(/^exhibit: The answer could not be written to the end \(ENOSPC\): .+\n$/u);
    expect(full.status).toBe(2);
    const under = path.join(write("file", ""), "checkpoint.json");
    expectRefusal(exhibit("custody", at("case"), "--checkpoint", under), /checkpoint\.json cannot be written/u);
    expectRefusal(exhibit("sample", "/proc/none/sample"), /sample cannot be written/u);
  },
);
