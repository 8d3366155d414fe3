import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { expect, test } from "vitest";
import { openCase } from "../../../../main/case/case.ts";
import { RemoteEngine } from "../../../../main/engine/threads/remote-engine.ts";
import { exhibit } from "../../../exhibit.ts";
import { temporaryFolder } from "../../../temporary.ts";

const folder = temporaryFolder();
const at = (name: string) => path.join(folder, name);
const call = (n: number, more = "") =>
  `2018-04-04 10:${String(n % 60).padStart(2, "0")}:00,app-${n % 5},groups,${n % 3 ? 200 : 403},r${n}${more}`;
const HEAD = "time,app,api,status,request_id";

/** Files with something of everything: rejected lines, records over several, an overlap, a zip, another encoding. */
function files(): string[] {
  const write = (name: string, content: string | Buffer) => {
    fs.writeFileSync(at(name), content);
    return at(name);
  };
  const odd = [
    `"2018-04-04 11:00:00","two\nlines",groups,200,x`,
    "no time,a,groups,200,y",
    call(7),
    "",
    "# a comment",
    call(7),
  ];
  return [
    write("a.csv", [HEAD, ...Array.from({ length: 120 }, (_, n) => call(n)), ...odd].join("\r\n")),
    write("b.csv.gz", zlib.gzipSync([HEAD, ...Array.from({ length: 120 }, (_, n) => call(n + 60))].join("\r\n"))),
    write(
      "c.jsonl",
      `{"ts":"2018-05-01T00:00:00+02:00","client_id":"é","ids":["p1"]}\n{"broken\n{"ts":1525132800,"user":"u"}\n`,
    ),
    write(
      "d.csv",
      Buffer.from(
        `time;app;user\n01.05.2018 10:00:00;a;J\xf6rg\n02.05.2018 10:00:00;b;x\n14.05.2018 10:00:00;c;y\n`,
        "latin1",
      ),
    ),
  ];
}

/** All that an import wrote, times of the work itself and the case's own name left out. */
function held(case_: string): unknown {
  const caseFile = openCase(case_, "read");
  const { db } = caseFile;
  try {
    const custody = (db.prepare("select entry from custody where seq > 1 order by seq").pluck().all() as string[]).map(
      (entry) => {
        const { act, by, detail } = JSON.parse(entry) as { act: string; by: string; detail: { digests?: object } };
        // A source's row has the times of the work.
        const own = { ...detail, withdrawn_at: undefined, digests: { ...detail.digests, source: undefined } };
        return { act, by, detail: own };
      },
    );
    const sources = db.prepare("select * from source order by id").all() as Record<string, unknown>[];
    return {
      events: db.prepare("select * from event order by id").all(),
      rejects: db.prepare('select * from reject order by source, line, "offset"').all(),
      sources: sources.map(({ began: _, ended: _e, withdrawn_at: _w, ...source }) => source),
      evidence: fs.readdirSync(caseFile.evidence).sort(),
      custody,
    };
  } finally {
    caseFile.close();
  }
}

test("the window's way and the command line write the same case, row by row and act by act", async () => {
  const given = files();
  const engine = await RemoteEngine.open(
    { mode: "create", folder: at("window"), title: "T", examiner: "R. Vale <vale@example.org>" },
    () => {},
  );
  const mapping = {
    schema: "exhibit/mapping@1",
    format: "jsonl",
    fields: { time: "ts", app: "client_id", subjects: "ids[]" },
  };
  const reply = await engine.ask("import", {
    files: [given[0] as string, given[1] as string],
    timezone: "Europe/Berlin",
  });
  await engine.ask("import", { files: [given[2] as string], mapping });
  await engine.ask("import", { files: [given[3] as string] });
  await engine.ask("remap", { source: 4, timezone: "Asia/Tokyo" });
  await engine.ask("withdraw", { source: 1, reason: "a test" });
  const ledger = await engine.ask("ledger", {});
  await engine.close();

  const run = (...args: string[]) => {
    const ran = exhibit(...args);
    expect([ran.code, ran.err]).toEqual([0, ""]);
    return ran;
  };
  run("create", at("typed"), "--title", "T", "--examiner", "R. Vale <vale@example.org>");
  const typed = run(
    "import",
    at("typed"),
    given[0] as string,
    given[1] as string,
    "--timezone",
    "Europe/Berlin",
    "--json",
  );
  fs.writeFileSync(at("m.json"), JSON.stringify(mapping));
  run("import", at("typed"), given[2] as string, "--mapping", at("m.json"));
  run("import", at("typed"), given[3] as string);
  run("remap", at("typed"), "4", "--timezone", "Asia/Tokyo");
  run("withdraw", at("typed"), "1", "--reason", "a test");

  expect(typed.json<{ sources: unknown[] }>().sources).toEqual(reply.sources);
  expect(reply.sources[1]).toMatchObject({ duplicates: 60 });
  expect(held(at("window"))).toEqual(held(at("typed")));
  expect(run("sources", at("typed"), "--json").json()).toMatchObject({ ledger });
  for (const { lines } of ledger.sources) expect(lines.events + lines.rejected + lines.skipped).toBe(lines.lines);
});
