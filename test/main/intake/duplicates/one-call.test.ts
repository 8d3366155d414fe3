import fs from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { verify } from "../../../../main/bundle/verify/verify.ts";
import { openCase } from "../../../../main/case/case.ts";
import { APPLICATION_ID } from "../../../../main/case/migrate.ts";
import { Engine } from "../../../../main/engine/engine.ts";
import { newCase } from "../../../fixture.ts";
import { temporaryFolder } from "../../../temporary.ts";
import { eventsOf, imported } from "../imported.ts";

/** A Kubernetes audit record (k8s.io/apiserver/pkg/apis/audit): stages of one request share its auditID. */
const stage = (id: number, name: string, received: string, code?: number, verb = "list") =>
  JSON.stringify({
    kind: "Event",
    apiVersion: "audit.k8s.io/v1",
    auditID: `841d3e6d-0000-4000-8000-00000000000${id}`,
    stage: name,
    requestURI: "/api/v1/secrets",
    verb,
    user: { username: "bot" },
    sourceIPs: ["192.0.2.70"],
    objectRef: { resource: "secrets" },
    ...(code === undefined ? {} : { responseStatus: { code } }),
    requestReceivedTimestamp: received,
  });

/** A Google Cloud entry of a long operation: `first` and `last` of one operation.id (LogEntryOperation). */
const entry = (operation: string, at: string, which: object, status?: number) =>
  JSON.stringify({
    protoPayload: {
      serviceName: "compute.googleapis.com",
      methodName: "v1.compute.images.insert",
      ...(status === undefined ? {} : { status: { code: status } }),
    },
    insertId: `i-${operation}-${at}`,
    logName: "projects/p/logs/cloudaudit.googleapis.com%2Factivity",
    timestamp: at,
    operation: { id: operation, ...which },
  });

const marks = (caseFile: Parameters<typeof eventsOf>[0]) =>
  eventsOf(caseFile).map((event) => [event.source, event.line, event.duplicate ?? false, event.outcome]);

test("the stages of a request are one call: the last that says how it ended counts", async () => {
  const lines = [
    stage(1, "RequestReceived", "2026-05-17T15:08:22Z"),
    stage(1, "ResponseComplete", "2026-05-17T15:08:22Z", 200),
    stage(2, "RequestReceived", "2026-05-17T15:09:00Z", undefined, "watch"),
    stage(2, "ResponseStarted", "2026-05-17T15:09:00Z", 200, "watch"),
    stage(2, "ResponseComplete", "2026-05-17T15:09:00Z", 200, "watch"),
    stage(3, "ResponseComplete", "2026-05-17T15:10:00Z", 500),
    stage(3, "RequestReceived", "2026-05-17T15:10:00Z"),
  ];
  const { caseFile, source } = await imported(`${lines.join("\n")}\n`, { name: "audit.jsonl", batch: 900 });
  expect(source).toMatchObject({ format: "k8s-audit", events: 7, duplicates: 4 });
  expect(marks(caseFile).filter(([, , duplicate]) => !duplicate)).toEqual([
    [1, 2, false, "allowed"],
    [1, 5, false, "allowed"],
    [1, 6, false, "failed"],
  ]);
});

test("an operation's first and last entry in two exports: the last counts, since the first; both ways, and when one is withdrawn", async () => {
  for (const order of ["first", "last"] as const) {
    const caseFile = newCase();
    const first = entry("operation-1", "2024-05-02T12:00:00Z", { first: true });
    const last = entry("operation-1", "2024-05-02T12:05:00Z", { last: true }, 13);
    const other = entry("operation-2", "2024-05-02T12:06:00Z", { first: true, last: true });
    const texts = order === "first" ? [first, `${last}\n${other}`] : [`${last}\n${other}`, first];
    for (const [index, text] of texts.entries()) await imported(`${text}\n`, { name: `${index}.jsonl`, caseFile });
    const counting = () =>
      eventsOf(caseFile)
        .filter((event) => !event.duplicate)
        .map(({ time, outcome }) => [time, outcome]);
    const both = [
      ["2024-05-02T12:00:00Z", "failed"],
      ["2024-05-02T12:06:00Z", "allowed"],
    ];
    expect(counting()).toEqual(both);
    const engine = new Engine(caseFile);
    const firstSource = order === "first" ? 1 : 2;
    await engine.ask("withdraw", { source: firstSource, reason: "asked for again" });
    expect(counting()).toEqual([
      ["2024-05-02T12:05:00Z", "failed"],
      ["2024-05-02T12:06:00Z", "allowed"],
    ]);
    await engine.ask("restore", { source: firstSource, reason: "it was right" });
    expect(counting()).toEqual(both);
    // Read as another format they tell of no calls, and as their own again they do.
    const id = 3 - firstSource;
    await engine.ask("remap", { source: id, mapping: { schema: "exhibit/mapping@1", format: "jsonl" } });
    expect(eventsOf(caseFile).filter(({ duplicate }) => duplicate)).toEqual([]);
    await engine.ask("remap", { source: id, format: "gcp-audit" });
    expect(counting()).toEqual(both);
  }
});

test("a record that another export holds byte for byte is set aside first, and a mapping names calls by its own name", async () => {
  const caseFile = newCase();
  const mapping = { schema: "exhibit/mapping@1", name: "orbit gateway", format: "csv", call: ["call", "request_id"] };
  const head = "time,app,status,call,request_id\n";
  const begun = "2024-05-02T12:00:00Z,a,,c1,\n";
  const ended = "2024-05-02T12:00:09Z,a,403,c1,\n";
  await imported(head + begun + ended, { name: "one.csv", caseFile, mapping });
  await imported(`${head}${ended}2024-05-02T12:00:20Z,a,200,,r2\n`, { name: "two.csv", caseFile, mapping });
  expect(
    eventsOf(caseFile).map(({ source, line, duplicate, time }) => [source, line, duplicate ?? false, time]),
  ).toEqual([
    [1, 2, true, "2024-05-02T12:00:00Z"],
    [1, 3, false, "2024-05-02T12:00:00Z"],
    [2, 2, true, "2024-05-02T12:00:09Z"],
    [2, 3, false, "2024-05-02T12:00:20Z"],
  ]);
});

test("a bundle that holds a call holds all its records, and both check out", async () => {
  const caseFile = newCase();
  const folder = temporaryFolder();
  const first = entry("operation-1", "2024-05-02T12:00:00Z", { first: true });
  const last = entry("operation-1", "2024-05-02T12:05:00Z", { last: true }, 7);
  await imported(`${first}\n${entry("operation-2", "2024-05-02T12:06:00Z", {})}\n`, { name: "1.jsonl", caseFile });
  await imported(`${last}\n`, { name: "2.jsonl", caseFile });
  const engine = new Engine(caseFile);
  const out = path.join(folder, "calls.zip");
  // Denied calls are in every bundle: the operation's last entry, so its first too.
  const bundle = await engine.ask("bundle", { out });
  expect(bundle).toMatchObject({ events: 2 });
  const checked = await verify(out, { recompute: true });
  expect(checked.checks.filter(({ ok }) => ok === false)).toEqual([]);
  const again = await verify(caseFile.folder, { recompute: true });
  expect(again.checks.filter(({ ok }) => ok === false)).toEqual([]);
});

test("a case of the version before gets the table of calls, and its rows stand as they were", () => {
  const folder = path.join(temporaryFolder(), "case");
  fs.mkdirSync(folder);
  const migrations = path.resolve(import.meta.dirname, "../../../../main/case/migrations");
  const old = new Database(path.join(folder, "case.db"));
  for (const file of fs.readdirSync(migrations).sort().slice(0, 6))
    old.exec(fs.readFileSync(path.join(migrations, file), "utf8"));
  old.pragma("user_version = 6");
  old.pragma(`application_id = ${APPLICATION_ID}`);
  old.prepare("insert into meta values ('title', 'Old')").run();
  old
    .prepare('insert into event_row (id, source, line, "offset", length, time, outcome) values (1, 1, 2, 9, 9, 5, 1)')
    .run();
  old.close();
  const caseFile = openCase(folder, "read");
  expect(caseFile.db.prepare("select count(*) from event_call").pluck().get()).toBe(0);
  expect(caseFile.db.prepare("select time, flags from event_row").all()).toEqual([{ time: 5, flags: 0 }]);
  caseFile.close();
});
