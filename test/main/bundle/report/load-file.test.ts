import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { datFile } from "../../../../main/bundle/report/load-file/dat.ts";
import { verify } from "../../../../main/bundle/verify/verify.ts";
import { forged, signedBundle, zipOf } from "../signed-bundle.ts";

let bag: string;
let dossier: string;
const legal = (...names: string[]) => path.join(bag, "data/legal", ...names);
const json = (root: string, name: string) => JSON.parse(fs.readFileSync(path.join(root, "data/extract", name), "utf8"));

interface Row {
  readonly [field: string]: string;
}

/** As a review platform takes it apart. */
function readDat(root: string): Row[] {
  const bytes = fs.readFileSync(path.join(root, "data/legal/load/load.dat"));
  expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  const lines = bytes.toString("utf8").slice(1).split("\r\n");
  expect(lines.pop()).toBe("");
  const rows = lines.map((line) =>
    line.split("\u0014").map((value) => /^\u00fe([^\u00fe\u0014\n]*)\u00fe$/u.exec(value)?.[1] ?? expect.fail(value)),
  );
  const [head = []] = rows;
  return rows.slice(1).map((row) => Object.fromEntries(head.map((name, at) => [name, row[at] as string])));
}

beforeAll(async () => {
  bag = await signedBundle();
  dossier = await signedBundle({ developer: "D1" });
});

test("there is a document for each developer's finding and one for each log, not one for each call", () => {
  const rows = readDat(bag);
  const { rules } = json(bag, "findings.json");
  const findings = rules.flatMap((rule: { developers: object[] }) => rule.developers);
  expect(rows.filter(({ DOCTYPE }) => DOCTYPE === "finding")).toHaveLength(findings.length);
  expect(rows.filter(({ DOCTYPE }) => DOCTYPE === "log").map(({ FILENAME }) => FILENAME)).toEqual([
    "first.csv",
    "second.csv",
  ]);
  for (const [index, row] of findings.entries())
    expect(rows[index]).toMatchObject({
      ...{ DEVELOPERID: row.developer_id, LEVEL: row.level, STATUS: row.status, CALLS: String(row.obtained.events) },
      PEOPLEBASIS: row.obtained.people.basis,
    });
});

test("every native, text and digest of it is there; each page's image too", () => {
  const folder = legal("load");
  for (const row of readDat(bag)) {
    const file = path.join(folder, ...(row.NATIVEPATH as string).split("\\"));
    const bytes = fs.readFileSync(file);
    if (row.DOCTYPE !== "finding") continue;
    expect(row.SHA256HASH).toBe(createHash("sha256").update(bytes).digest("hex"));
    expect(row.MD5HASH).toBe(createHash("md5").update(bytes).digest("hex"));
    expect(row.FILESIZE).toBe(String(bytes.length));
    expect(fs.readFileSync(path.join(folder, row.TEXTPATH as string), "utf8")).toContain(row.BEGBATES);
  }
  const images = fs.readFileSync(path.join(folder, "load.opt"), "latin1").trimEnd().split("\r\n");
  const { name } = json(bag, "bundle.json");
  expect(images).toEqual(
    readDat(bag)
      .filter(({ DOCTYPE }) => DOCTYPE === "finding")
      .map(({ BEGBATES, NATIVEPATH, PAGECOUNT }) => `${BEGBATES},${name},${NATIVEPATH},Y,,,${PAGECOUNT}`),
  );
});

test("a finding names the logs in which its calls stand", () => {
  const rows = readDat(bag);
  const logs = new Map(rows.map((row) => [row.BEGBATES, row.FILENAME]));
  const restsOn = (id: string) =>
    rows
      .find(({ DEVELOPERID }) => DEVELOPERID === id)
      ?.RESTSON?.split(";")
      .map((bates) => logs.get(bates));
  expect(restsOn("D1")).toEqual(["first.csv"]);
  expect(restsOn("D2")).toEqual(["first.csv", "second.csv"]);
});

test("the readme names every field; the index has the same documents", () => {
  const readme = fs.readFileSync(legal("load", "readme.txt"), "utf8");
  for (const field of Object.keys(readDat(bag)[0] ?? {})) expect(readme).toMatch(new RegExp(`^${field} +\\S`, "mu"));
  const index = fs.readFileSync(legal("load", "bates-index.csv"), "utf8").trimEnd().split("\n").slice(1);
  expect(index.map((line) => line.split(",")[0])).toEqual(readDat(bag).map(({ BEGBATES }) => BEGBATES));
});

test("no Bates number is used twice in a case, also not those of a bundle before, and custody keeps them", async () => {
  const acts = fs
    .readFileSync(path.join(bag, "data/extract/custody.jsonl"), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const ranges = acts.filter(({ act }) => act === "bundle").map(({ detail }) => detail.bates);
  expect(ranges.length).toBeGreaterThan(1);
  for (const [at, { first }] of ranges.entries()) expect(first).toBe((ranges[at - 1]?.last ?? 0) + 1);
  expect(readDat(bag).map(({ BEGBATES }) => Number(BEGBATES?.slice(3)))).toEqual(
    Array.from({ length: ranges.at(-1).last - ranges.at(-1).first + 1 }, (_, at) => ranges.at(-1).first + at),
  );
  const again = await forged(bag, (payload) =>
    payload.acts((all) => {
      for (const act of all) if (act.act === "bundle") act.detail.bates = { ...act.detail.bates, first: 1 };
    }),
  );
  const custody = (await verify(again)).checks.find(({ check }) => check === "custody");
  expect(custody).toMatchObject({ ok: false, detail: expect.stringContaining("Bates numbers") });
});

test("a number changed in the load file is named", async () => {
  const other = await forged(bag, (payload) =>
    payload.page("data/legal/load/load.dat", (text) => text.replace("obtained", "entitled")),
  );
  const { checks } = await verify(other, { recompute: true });
  for (const name of ["pages", "recompute"])
    expect(checks.find(({ check }) => check === name)).toMatchObject({
      ok: false,
      detail: expect.stringContaining("legal/load/load.dat"),
    });
});

test("a log of a finding that was changed in bundle.json is named when it is worked out anew", async () => {
  const other = await forged(bag, (payload) =>
    payload.json("extract/bundle.json", (about) => {
      about.finding_sources[0].sources = [2];
    }),
  );
  const { checks } = await verify(other, { recompute: true });
  expect(checks.find(({ check }) => check === "recompute")).toMatchObject({
    ok: false,
    detail: expect.stringContaining("finding_sources"),
  });
});

test("a dossier's load file has its own developer alone", async () => {
  expect(
    readDat(dossier)
      .filter(({ DOCTYPE }) => DOCTYPE === "finding")
      .map(({ DEVELOPERID }) => DEVELOPERID),
  ).toEqual(["D1"]);
  expect((await verify(zipOf(dossier), { recompute: true })).checks.filter(({ ok }) => ok === false)).toEqual([]);
});

test("the provenance names each file with its digest, who took it in and when, by ids that end in a UUID", () => {
  const document = JSON.parse(fs.readFileSync(legal("provenance.jsonld"), "utf8"));
  const graph = document["@graph"] as Record<string, unknown>[];
  const ids = graph.map((node) => String(node["@id"]));
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids)
    expect(id).toMatch(/^kb:[a-z]+-[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u);
  const text = JSON.stringify(document);
  for (const [id] of text.matchAll(/kb:[a-z]+-[0-9a-f-]{36}/gu)) expect(ids).toContain(id);
  for (const { sha256 } of json(bag, "sources.json").sources) expect(text).toContain(sha256);
});

describe("a value", () => {
  const fields = [{ name: "NAME", meaning: "", value: (row: string) => row }];
  test.each([
    ["marks of the form", "\u00fea\u0014b\u00ae", "tha b(R)", true],
    ["line breaks", "a\r\nb\nc", "a\u00aeb\u00aec", false],
    ["all scripts", "アクメ أكمي 😀", "アクメ أكمي 😀", false],
  ])("with %s stays in its field", (_, value, written, isReplaced) => {
    const { text, replaced } = datFile(fields, [value], () => "EXH1");
    expect(text).toBe(`\uFEFF\u00feNAME\u00fe\r\n\u00fe${written}\u00fe\r\n`);
    expect(replaced).toEqual(isReplaced ? ["EXH1 NAME"] : []);
  });
});
