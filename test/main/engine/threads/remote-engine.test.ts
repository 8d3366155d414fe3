import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { askCaseless, RemoteEngine } from "../../../../main/engine/threads/remote-engine.ts";

let folder: string;
let engine: RemoteEngine;
beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "exhibit-remote-"));
  engine = await RemoteEngine.open(
    { mode: "create", folder: path.join(folder, "case"), title: "T", examiner: "R. Vale" },
    () => {},
  );
});
afterEach(async () => {
  await engine.close();
  fs.rmSync(folder, { recursive: true });
});

function logFile(name: string, calls: number): string {
  const file = path.join(folder, name);
  const lines = Array.from(
    { length: calls },
    (_, i) => `${new Date(1.52e12 + i * 1000).toISOString()},app-${i % 7},groups,200`,
  );
  fs.writeFileSync(file, `time,app,api,status\n${lines.join("\n")}\n`);
  return file;
}

describe("an engine in a thread", () => {
  it("answers, and large replies are the same as JSON text", async () => {
    await engine.ask("import", { files: [logFile("a.csv", 100)] });
    const input = { filter: "app:app-1", rows: { offset: 0 } };
    const bytes = await engine.askBytes("query", input);
    expect(JSON.parse(new TextDecoder().decode(bytes))).toEqual(await engine.ask("query", input));
  });

  it("reads and tags on while an import runs, and the record of acts stays one chain", async () => {
    await engine.ask("import", { files: [logFile("a.csv", 5000)] });
    let isRunning = true;
    const imported = engine.ask("import", { files: [logFile("b.csv", 150_000)] }).finally(() => {
      isRunning = false;
    });
    let asked = 0;
    for (; isRunning; asked++) {
      expect((await engine.ask("query", { filter: "app:app-3" })).count).toBeGreaterThanOrEqual(714);
      if (asked % 4 === 0) await engine.ask("tag", { filter: "app:app-3 time<2018-03-03", tag: `t${asked}` });
    }
    expect((await imported).sources[0]?.events).toBe(150_000);
    expect(asked).toBeGreaterThan(10);
    expect((await engine.ask("info", {})).events).toBe(155_000);
    expect((await engine.ask("custody", {})).ok).toBe(true);
  });

  it("withdraws a source while another is imported: what both hold counts in the one that is left, and readings queue up", async () => {
    const first = logFile("a.csv", 40_000);
    await engine.ask("import", { files: [first] });
    const imported = engine.ask("import", { files: [logFile("b.csv", 60_000)] });
    const read = engine.ask("remap", { source: 1, timezone: "Asia/Tokyo" });
    expect(await engine.ask("withdraw", { source: 1, reason: "in the middle of it" })).toMatchObject({
      events: 40_000,
    });
    expect((await imported).sources).toMatchObject([{ source: 2, events: 60_000, duplicates: 0 }]);
    expect(await read).toMatchObject({ source: { events: 40_000, timezone_from: "timestamps" } });
    expect(await engine.ask("query", { filter: "" })).toMatchObject({ count: 60_000 });
    expect(await engine.ask("restore", { source: 1, reason: "after all" })).toMatchObject({
      remarked: [{ source: 2, duplicates: 40_000 }],
    });
    expect(await engine.ask("query", { filter: "" })).toMatchObject({ count: 60_000 });
    expect((await engine.ask("custody", {})).ok).toBe(true);
  });

  it("tells the next filter's number while facets of the one before are counted, which a cancel stops", async () => {
    await engine.ask("import", { files: [logFile("a.csv", 5000)] });
    const around = { bars: 20, stack: "outcome", facets: { app: 3, api: 5, outcome: 5, status: 5, tag: 5 } } as const;
    const given: string[] = [];
    const left = new AbortController();
    const one = engine.ask("overview", { filter: "app:app-1", ...around }).then((reply) => {
      given.push("overview");
      return reply;
    });
    const stopped = engine.ask("overview", { filter: "app:app-2", ...around }, { signal: left.signal });
    const number = engine.ask("explore", { filter: "app:app-3", offset: 0, limit: 2 }).then((reply) => {
      given.push("number");
      left.abort();
      return reply;
    });
    await expect(stopped).rejects.toMatchObject({ code: "cancelled" });
    expect(await number).toMatchObject({ count: 714, total: 5000, rows: [{ app: "app-3" }, { app: "app-3" }] });
    const { facets, histogram } = await one;
    expect(given).toEqual(["number", "overview"]);
    expect(facets.status).toEqual({ values: [{ value: "200", count: 715 }], distinct: 1 });
    // without its own terms, and what the filter names beside the first
    expect(facets.app?.values.map(({ value }) => value)).toEqual(["app-0", "app-1", "app-2"]);
    expect(facets.app).toMatchObject({ distinct: 7 });
    expect(histogram.series.flatMap(({ counts }) => counts).reduce((a, b) => a + b)).toBe(715);
  });

  it("never begins what was cancelled, and stops what never looks up from its work", async () => {
    await engine.ask("import", { files: [logFile("a.csv", 200_000)] });
    const waiting = new AbortController();
    // a search of every line keeps the thread busy, so that the next request waits
    const busy = engine.ask("query", { filter: '"groups"' });
    const query = engine.ask("query", { filter: "*" }, { signal: waiting.signal });
    waiting.abort();
    await expect(query).rejects.toMatchObject({ code: "cancelled" });
    await busy;
    const file = path.join(folder, "out.csv");
    const stop = new AbortController();
    const exported = engine.ask(
      "export",
      { filter: "*", file, format: "csv" },
      { signal: stop.signal, progress: () => stop.abort() },
    );
    await expect(exported).rejects.toMatchObject({ code: "cancelled" });
    expect(fs.existsSync(file)).toBe(false);
  });

  it("closes on an import that is under way: the lock is free, and what was committed can be finished", async () => {
    const file = logFile("a.csv", 250_000);
    const imported = new Promise((resolve) => {
      const begun = engine.ask(
        "import",
        { files: [file] },
        { progress: ({ records = 0 }) => records > 110_000 && void engine.close() },
      );
      resolve(begun);
    });
    expect(await imported).toMatchObject({ failures: [{ code: "cancelled" }] });
    await engine.close();
    engine = await RemoteEngine.open({ mode: "open", folder: path.join(folder, "case") }, () => {});
    expect(engine.opened).toMatchObject({ readOnlyBecause: "", info: { unfinished: ["a.csv"] } });
    expect(await engine.ask("import", { files: [file], resume: true })).toMatchObject({
      sources: [{ events: 250_000 }],
    });
  });

  it("refuses as data: a case that is not there, a request that is none", async () => {
    await expect(
      RemoteEngine.open({ mode: "open", folder: path.join(folder, "none") }, () => {}),
    ).rejects.toMatchObject({ code: "case-missing" });
    await expect(engine.ask("nothing" as "info", {})).rejects.toMatchObject({ code: "usage" });
    await expect(engine.ask("query", { filter: "app:(" })).rejects.toMatchObject({
      code: "filter-wrong",
      position: expect.any(Number),
    });
  });
});

describe("a request without a case", () => {
  it("shows each file beside its own lines, also where they are compressed or in another encoding", async () => {
    const text = "time,app,note\n2018-04-04T10:00:00Z,a,é\n2018-04-04T10:00:01Z,b,\u{1f600}\n";
    const plain = path.join(folder, "plain.csv");
    const wide = path.join(folder, "wide.csv");
    fs.writeFileSync(plain, text);
    fs.writeFileSync(wide, Buffer.from(`\uFEFF${text}`, "utf16le"));
    const { files } = await askCaseless("detect", { files: [plain, wide, path.join(folder, "none")] });
    for (const each of files.slice(0, 2)) {
      expect("looks" in each && each.looks[0]?.records.map(({ original }) => original)).toEqual(
        text.trimEnd().split("\n").slice(1),
      );
    }
    expect(files[2]).toMatchObject({ refused: { code: "file-missing" } });
  });
});
