import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeSample } from "../../../main/sample/write-sample.ts";
import type { EventRecord } from "../../../shared/model/event.ts";
import { referenceCoverage } from "../../reference/coverage.ts";
import { referenceFindings } from "../../reference/findings.ts";
import type { Input } from "../../reference/model.ts";
import { type ReadFile, readExports, readRegistry } from "./read-exports.ts";

const home = mkdtempSync(join(tmpdir(), "exhibit-sample-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const ROWS = 2000;

interface Level {
  developers: number;
  events: number;
  people: { value: number | null; at_most?: number; basis: string };
}

interface Row extends Record<"attempted" | "possible" | "obtained", { events: number; people: Level["people"] }> {
  developer_id: string;
  developer: string;
  level: string;
  entitled: boolean;
  recent: boolean;
  apps: string[];
  revoked_at?: string;
  allowed_after_revocation: number;
}

interface Truth {
  findings: {
    rules: [
      {
        totals: Record<"entitled" | "attempted" | "possible" | "obtained" | "recent", Level & { apps: number }>;
        by_month: (Record<"attempted" | "possible" | "obtained", Level> & { month: string })[];
        developers: Row[];
      },
    ];
    coverage: { source: number; api: string; events: number }[];
  };
  claims: { claims: { id: string; verdict: string; measured?: { value: number } }[] };
  people: { filter: string; people: Level["people"] }[];
  subjects: { subject: string; affected: boolean; developers: { events: number }[] }[];
  counts: { filter: string; count: number }[];
  sources: (Record<"source" | "bytes" | "lines" | "events" | "rejected" | "skipped" | "duplicates", number> & {
    file: string;
    sha256: string;
    line_ledger: Record<"events" | "rejected" | "skipped", number>;
    ambiguous_times: number;
    first: string;
    last: string;
  })[];
  digests: Record<string, string>;
}

const json = (dir: string, file: string): unknown => JSON.parse(readFileSync(join(dir, file), "utf8"));
const digest = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const sum = (numbers: number[]): number => numbers.reduce((all, number) => all + number, 0);

function digests(dir: string): Record<string, string> {
  // The cloud case is an incident of its own, with a truth of its own (cloud-case.test.ts).
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !entry.parentPath.startsWith(join(dir, "cloud")),
  );
  return Object.fromEntries(files.map((file) => [file.name, digest(readFileSync(join(file.parentPath, file.name)))]));
}

describe("the same rows and seed", () => {
  test("give the same bytes in any zone and language, another seed gives others", async () => {
    const [one, two, three] = ["one", "two", "three"].map((name) => join(home, name)) as [string, string, string];
    await writeSample(one, { rows: ROWS, seed: 7 });
    const { TZ, LC_ALL } = process.env;
    Object.assign(process.env, { TZ: "Pacific/Apia", LC_ALL: "tr_TR.UTF-8" });
    await writeSample(two, { rows: ROWS, seed: 7 });
    Object.assign(process.env, { TZ: TZ ?? "UTC", LC_ALL: LC_ALL ?? "C" });
    expect(digests(two)).toEqual(digests(one));
    await writeSample(three, { rows: ROWS, seed: 8 });
    expect(digests(three)).not.toEqual(digests(one));
    // Written down once: other bytes than on the machine where this was first run would show here.
    expect(digests(one)["2-edge.jsonl.gz"]).toBe("b381fa7985642e3f7217430c0a8ff3d16dceedddcba348557905b2b5a9c64fe3");
  });
});

describe("a folder", () => {
  test("that holds something is refused and stays as it is", async () => {
    const dir = join(home, "full");
    mkdirSync(dir);
    writeFileSync(join(dir, "mine.txt"), "mine");
    await expect(writeSample(dir)).rejects.toMatchObject({ code: "ENOTEMPTY" });
    expect(readdirSync(dir)).toEqual(["mine.txt"]);
  });

  test("is not begun with too few rows", async () => {
    await expect(writeSample(join(home, "few"), { rows: 1999 })).rejects.toMatchObject({ code: "ERR_OUT_OF_RANGE" });
    expect(readdirSync(home)).not.toContain("few");
  });
});

describe.each([1, 2, 3])("the smallest incident, seed %i", (seed) => {
  const dir = join(home, `seed-${seed}`);
  let truth: Truth;
  let files: ReadFile[];
  let calls: EventRecord[];

  beforeAll(async () => {
    const summary = await writeSample(dir, { rows: ROWS, seed });
    truth = json(dir, "truth.json") as Truth;
    files = readExports(dir);
    calls = files.flatMap((file) => file.events.map(({ event }) => event));
    expect(summary.rows).toBe(calls.length);
    expect(summary.files).toHaveLength(5 + 3 + 5 + 4 + 4);
    expect(summary.cloud).toHaveLength(4 + 4 + 3);
  });

  test("has 100 developers that kept access, 63 that got data, 11 of late", () => {
    const { totals, developers } = truth.findings.rules[0];
    expect([totals.entitled.developers, totals.obtained.developers, totals.recent.developers]).toEqual([100, 63, 11]);
    expect(totals.entitled.apps).toBeGreaterThan(100);
    expect(developers.filter((row) => row.entitled)).toHaveLength(100);
    expect(developers.filter((row) => row.recent)).toHaveLength(11);
    const again = developers.filter((row) => row.allowed_after_revocation > 0).length;
    expect(again).toBeGreaterThanOrEqual(3);
    expect(again).toBeLessThanOrEqual(5);
    for (const id of ["name:Larkspur Relay", "app:880002", "unknown"])
      expect(developers.map((row) => row.developer_id)).toContain(id);
    const bases = new Set(developers.map((row) => row.obtained.people.basis));
    for (const basis of ["exact", "between", "at-most", "not-logged"]) expect(bases).toContain(basis);
  });

  test("is used less from month to month", () => {
    const months = truth.findings.rules[0].by_month;
    expect(months).toHaveLength(20);
    const events = months.map((month) => month.obtained.events);
    expect(events).toEqual([...new Set(events)].sort((a, b) => b - a));
    expect(months.at(-1)?.obtained.developers).toBeLessThan(5);
  });

  test("adds up: months and developers to the totals, the ledgers to the lines, counts to the events", () => {
    const { totals, by_month, developers } = truth.findings.rules[0];
    for (const level of ["attempted", "possible", "obtained"] as const) {
      expect(sum(by_month.map((month) => month[level].events))).toBe(totals[level].events);
      expect(sum(developers.map((row) => row[level].events))).toBe(totals[level].events);
      expect(developers.filter((row) => row[level].events > 0)).toHaveLength(totals[level].developers);
    }
    expect(sum(truth.findings.coverage.map((lane) => lane.events))).toBe(ROWS);
    expect(truth.counts.find(({ filter }) => filter === "")?.count).toBe(ROWS);
    expect(truth.counts.length).toBeGreaterThanOrEqual(30);
    expect(new Set(truth.counts.map(({ filter }) => filter)).size).toBe(truth.counts.length);
    // Only the filters that are meant to find nothing do; at this size chance may empty one more.
    expect(truth.counts.filter(({ count }) => count === 0).length).toBeLessThanOrEqual(4);
    for (const source of truth.sources) expect(sum(Object.values(source.line_ledger))).toBe(source.lines);
  });

  test("has the ledger, digests and spans that a plain reading of its files gives", () => {
    for (const file of files) {
      const source = truth.sources[file.source - 1] as Truth["sources"][number];
      const times = file.events.map(({ event }) => event.time).sort((a, b) => Date.parse(a) - Date.parse(b));
      const bytes = readFileSync(join(dir, "exports", source.file));
      expect(source).toMatchObject({
        sha256: digest(bytes),
        bytes: bytes.length,
        lines: file.lines,
        events: file.events.length,
        rejected: file.rejected,
        skipped: file.skipped,
        duplicates: file.events.filter(({ event }) => event.duplicate).length,
        line_ledger: {
          events: sum(file.events.map((each) => each.lines)),
          rejected: file.rejected,
          skipped: file.skipped,
        },
        first: times[0],
        last: times.at(-1),
      });
      expect(file.rejected).toBeGreaterThan(0);
    }
    const { "truth.json": _, ...written } = digests(dir);
    expect(Object.values(written).sort()).toEqual(Object.values(truth.digests).sort());
  });

  test("repeats records byte for byte within the first gateway's files and the second's, and nowhere else", () => {
    const repeated = files.map((file) => file.events.filter(({ event }) => event.duplicate).length);
    const [early, late, edge, ...others] = repeated as [number, number, number, ...number[]];
    expect([early, edge, ...others]).toEqual([3, 1, 0, 0]);
    expect(late).toBeGreaterThan(3);
    const first = new Set(files[0]?.events.map(({ text }) => text));
    for (const { event, text } of files[1]?.events ?? []) expect(first.has(text)).toBe(event.duplicate === true);
    expect(calls.filter((call) => !call.duplicate)).toHaveLength(ROWS);
  });

  test("means by its truth what the slow reference finds in its files", () => {
    const rows = readRegistry(dir);
    const resources = rows.resources?.map(({ people, ...rest }) =>
      people === undefined ? rest : { ...rest, people: Number(people) },
    );
    const input = {
      events: calls,
      registry: { ...rows, resources },
      policy: json(dir, "policy.json"),
    } as unknown as Input;
    const { rules } = referenceFindings(input);
    const told = truth.findings.rules.map((rule) => ({
      ...rule,
      developers: rule.developers.map((row) => {
        const { status, developer, remedy, ...rest } = row as Row & { status: string; remedy: string[] };
        expect([status, remedy, developer]).toEqual(["open", [], expect.any(String)]);
        return rest;
      }),
    }));
    expect(told).toEqual(
      rules.map((rule) => ({
        ...rule,
        developers: rule.developers.map(({ developer: _, ...rest }: { developer?: string }) => rest),
      })),
    );
    expect(truth.findings.coverage).toEqual(referenceCoverage(calls));
  });

  test("counts with its filters what plain code counts in its files", () => {
    const kept = calls.filter((call) => !call.duplicate);
    const plain: Record<string, (call: EventRecord) => boolean> = {
      "api:groups outcome:allowed time>=cutoff time<asof": (call) =>
        call.api === "groups" &&
        call.outcome === "allowed" &&
        call.time >= "2018-04-04T00:00:00Z" &&
        call.time < "2019-11-05T00:00:00Z",
      "-status:*": (call) => call.status === undefined,
      "-subjects:* api:groups outcome:allowed": (call) =>
        call.subjects === undefined && call.api === "groups" && call.outcome === "allowed",
      "fields:username": (call) => call.fields?.includes("username") ?? false,
      "fields_are:requested api:groups": (call) => call.fields_are === "requested" && call.api === "groups",
      "app:0071234": (call) => call.app === "0071234",
      "ip:10.20.0.0/16": (call) => call.ip?.startsWith("10.20.") ?? false,
      "subject_count>=20": (call) => (call.subject_count ?? 0) >= 20,
      "source:1 line<=500": (call) => call.source === 1 && call.line <= 500,
      "-request_id:*": (call) => call.request_id === undefined,
      "outcome:denied status:200": (call) => call.outcome === "denied" && call.status === 200,
      "user_agent:orbit-retry*": (call) => call.user_agent?.startsWith("Orbit-Retry") ?? false,
      "path:/v2.12/*/members": (call) => /^\/v2\.12\/.*\/members$/u.test(call.path ?? ""),
    };
    for (const [filter, test] of Object.entries(plain)) {
      expect([filter, truth.counts.find((each) => each.filter === filter)?.count]).toEqual([
        filter,
        kept.filter(test).length,
      ]);
    }
  });

  test("has claims of each kind, and the one that only a gap undoes", () => {
    const verdicts = Object.fromEntries(truth.claims.claims.map(({ id, verdict }) => [id, verdict]));
    expect(verdicts).toEqual({
      kept: "supported",
      recent: "supported",
      "recent-exactly": "supported",
      "few-kept": "contradicted",
      "nothing-after-revocation": "contradicted",
      closed: "contradicted",
      "quiet-week": "undetermined",
      june: "undetermined",
      december: "supported",
      "few-people": "undetermined",
      "apps-used": "supported",
      deleted: "undetermined",
    });
    expect(truth.claims.claims.find(({ id }) => id === "quiet-week")?.measured?.value).toBe(0);
    expect(
      calls.filter((call) => call.api === "groups" && call.time >= "2018-06-04" && call.time < "2018-06-11"),
    ).toEqual([]);
  });

  test("tells of people: one never affected for having consented, one for a time, one met by three", () => {
    const met = (subject: string) => truth.subjects.find((each) => each.subject === subject);
    expect(met("700000000")).toMatchObject({ affected: false, developers: [] });
    expect(calls.filter((call) => call.subjects?.includes("700000000"))).toHaveLength(6);
    expect(met("700000007")?.developers.map(({ events }) => events)).toEqual([2]);
    expect(met("700000014")?.developers).toHaveLength(3);
    expect(truth.people.length).toBeGreaterThanOrEqual(8);
  });

  test("holds its edges: the cutoff, the handover, the recent window, an hour told twice", () => {
    const at = (time: string) => calls.filter((call) => call.time === time);
    for (const time of [
      "2018-04-03T23:59:59.999999Z",
      "2018-04-04T00:00:00Z",
      "2019-09-06T00:00:00Z",
      "2019-09-05T23:59:59.999Z",
      "2019-11-05T00:00:00Z",
    ]) {
      expect([time, at(time).length > 0]).toEqual([time, true]);
    }
    const handover = [...at("2018-08-31T23:59:59.999999Z"), ...at("2018-09-01T00:00:00Z")];
    expect(handover.map((call) => call.app)).toEqual([handover[0]?.app, handover[0]?.app]);
    expect(truth.sources[4]?.ambiguous_times).toBe(
      files[4]?.events.filter(({ text }) => /^(28\.10\.2018|27\.10\.2019) 02/u.test(text)).length,
    );
  });
});
