import fs from "node:fs";
import path from "node:path";
import { unzipSync } from "fflate";
import { beforeAll, expect, test } from "vitest";
import { type PageInput, pageInput } from "../../../../main/bundle/contents/page-input.ts";
import { reportDocument } from "../../../../main/bundle/report/document/report-document.ts";
import type { ReportDocument } from "../../../../main/bundle/report/document/tree.ts";
import { chartPng } from "../../../../main/bundle/report/print/chart-png.ts";
import { docxOf } from "../../../../main/bundle/report/print/docx.ts";
import { pdfOf } from "../../../../main/bundle/report/print/pdf.ts";
import { plainText } from "../../../../main/bundle/report/print/plain-text.ts";
import { figure } from "../../../../shared/base/figure.ts";
import type { DeveloperFinding } from "../../../../shared/model/finding.ts";
import { temporaryFolder } from "../../../temporary.ts";
import { hasTool, run } from "../fixture.ts";
import { examiner, signedBundle } from "../signed-bundle.ts";

let input: PageInput;
let extract: string;
beforeAll(async () => {
  extract = path.join(await signedBundle(), "data", "extract");
  input = await pageInput((name) => fs.readFileSync(path.join(extract, name), "utf8"), examiner.publicKey);
});

const HAS_PDFTOTEXT = hasTool("pdftotext", "-v");
if (!HAS_PDFTOTEXT) console.warn("pdftotext is not here: texts of PDFs are not read back");

const chartsOf = ({ blocks }: ReportDocument) => blocks.filter((block) => block.kind === "chart");

const plain = (text: string) => text.replaceAll(/\s+/gu, " ");

function pdfText(bytes: Uint8Array): string {
  const file = path.join(temporaryFolder(), "report.pdf");
  fs.writeFileSync(file, bytes);
  return plain(run("pdftotext", ["-layout", file, "-"]));
}

function docxText(bytes: Uint8Array): string {
  const parts = unzipSync(bytes);
  const xml = ["word/document.xml", "word/footnotes.xml"].map((name) =>
    Buffer.from(parts[name] as Uint8Array).toString(),
  );
  return plain(
    xml
      .join(" ")
      .replaceAll(/<\/w:p>/gu, " ")
      .replaceAll(/<[^>]*>/gu, "")
      .replaceAll("&quot;", '"')
      .replaceAll("&apos;", "'")
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&amp;", "&"),
  );
}

test("the report says for whom it is, follows the bundle before, shows a line of each finding, clocks and what would move it", () => {
  const about = {
    ...input.about,
    for: "Marlow & Hythe LLP",
    matter: "19-0417",
    letterhead: ["Orbit Ltd", "1 High St"],
  };
  const clocks = {
    at: input.about.at,
    facts: { discovered: "2018-05-01" },
    clocks: [{ id: "ftc", state: "overdue" as const, due: "2018-05-31T23:59:59.999999Z", contents: [] }],
  };
  const text = plainText(reportDocument({ ...input, about, clocks })).replaceAll(/\s+/gu, " ");
  expect(text.startsWith("Orbit Ltd 1 High St ")).toBe(true);
  for (const said of ["For: Marlow & Hythe LLP", "Matter: 19-0417", "overdue", "discovered 2018-05-01"])
    expect(text).toContain(said);
  const seal = input.acts.findLast(({ act }) => act === "seal");
  expect(text).toContain(`Supplement to: ${seal?.detail?.name}`);
  const [example = expect.fail("no line")] = input.examples;
  expect(text).toContain(example.text.replaceAll(/\s+/gu, " "));
  expect(text).toContain(`source ${example.source} (first.csv), line ${example.line}, byte ${example.offset}`);
  expect(text).toContain("with its cutoff moved [extract/sensitivity.json, rules[0].shifts]");
});

test("the line that the report shows is the one that the bundle holds at that place", () => {
  const events = fs.readFileSync(path.join(extract, "events.jsonl"), "utf8").split("\n");
  for (const { event, line, offset, source, rule } of input.examples) {
    const said = JSON.parse(events[event - 1] ?? "{}");
    expect([said.line, said.offset, said.source].map(String)).toEqual([line, offset, String(source)]);
    expect(rule).toBe("members");
  }
  expect(input.examples.length).toBeGreaterThan(0);
});

/** Every figure of the findings that the report must print. */
function figures(): string[] {
  return input.findings.rules.flatMap(({ totals }) => [
    ...[totals.entitled, totals.attempted, totals.possible, totals.obtained, totals.recent].map(({ developers }) =>
      figure(developers),
    ),
    ...[totals.attempted, totals.possible, totals.obtained, totals.recent].map(({ events }) => figure(events)),
  ]);
}

test("PDF and DOCX print the numbers of findings.json, the names and reasons of what speaks against, and the key", async () => {
  const document = reportDocument(input);
  const texts = [docxText(await docxOf(document)), ...(HAS_PDFTOTEXT ? [pdfText(pdfOf(document))] : [])];
  for (const text of texts) {
    for (const number of figures()) expect(text).toContain(number);
    expect(text).toContain("D1 (dismissed: a test account)");
    expect(text).toContain("first.csv");
    expect(text.replaceAll(" ", "")).toContain(examiner.publicKey.fingerprint);
    expect(text).toContain("no more than 1");
    expect(text).toContain("another tenant's");
  }
});

test("no number stands in a report without a note of where it comes from", () => {
  const { blocks } = reportDocument(input);
  const answers = blocks.find((block) => block.kind === "list" && block.isNumbered);
  if (answers?.kind !== "list") throw new Error("no five answers");
  expect(answers.items).toHaveLength(5);
  for (const [index, item] of answers.items.entries())
    if (index !== 2) expect(item.some((piece) => typeof piece !== "string" && "figure" in piece)).toBe(true);
});

test("twelve objections are answered with the case's own numbers, or admitted", () => {
  const { blocks } = reportDocument(input);
  const at = blocks.findIndex((block) => block.kind === "heading" && block.text === "Objections and answers");
  const list = blocks[at + 1];
  if (list?.kind !== "list") throw new Error("no objections");
  expect(list.items).toHaveLength(12);
  const answers = list.items.map((item) => item.map((piece) => (typeof piece === "string" ? piece : "")).join(""));
  for (const answer of answers) expect(answer.length).toBeGreaterThan(80);
  const { about, findings, sources, claims } = input;
  expect(answers[0]).toContain("For 2 sources of 2 it is recorded from whom");
  expect(answers[1]).toContain(`signed by the key ${examiner.publicKey.fingerprint}`);
  const lines = sources.filter(({ withdrawn }) => !withdrawn).reduce((sum, each) => sum + each.lines, 0);
  expect(answers[2]).toContain(`${lines} lines are`);
  expect(answers[2]).toContain(`holds ${about.events}; ${about.left_out} are left out`);
  const rows = findings.rules[0]?.developers ?? [];
  const got = rows.filter(({ obtained }) => obtained.events > 0);
  expect(answers[8]).toContain(`${got.filter(({ entitled }) => entitled).length} of the ${got.length} that got data`);
  expect(answers[10]).toContain("1 finding dismissed or disputed with the reasons");
  expect(answers[10]).toContain(`${claims.length} claim held against the record, of which it contradicts 1`);
});

test("the same document gives the same bytes in another zone and at another time", async () => {
  const document = reportDocument(input);
  const both = async () =>
    [pdfOf(document), await docxOf(document)].map((bytes) => Buffer.from(bytes).toString("base64"));
  const zone = process.env.TZ;
  process.env.TZ = "Pacific/Kiritimati";
  const there = await both();
  process.env.TZ = "America/Los_Angeles";
  await new Promise((resolve) => setTimeout(resolve, 1100));
  const here = await both();
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
  expect(here).toEqual(there);
});

/** Names that would be code, markup or a turned line, if they were not text. */
const HOSTILE = [
  '#panic("x")',
  "$ x^2 $ *bold* _it_ @ref <label> // no comment",
  '"); #read("/etc/passwd")',
  "</w:t><w:br/>&amp;",
  "a\u202Egpj.exe",
  "株式会社テスト",
  "شركة الاختبار",
  "חברת ניסוי",
  "한국 회사",
  "x".repeat(300),
];

test("names are text, whatever stands in them, in any script, and 300 developers are named or counted", async () => {
  const [rule] = input.findings.rules;
  if (!rule) throw new Error("no rule");
  const row = rule.developers.find(({ level }) => level === "obtained") as DeveloperFinding;
  const names = [...HOSTILE, ...Array.from({ length: 290 }, (_, n) => `Developer ${n}`)];
  const many: PageInput = {
    ...input,
    findings: {
      ...input.findings,
      rules: [
        {
          ...rule,
          developers: names.map((developer, n) => ({ ...row, developer, developer_id: `D${n}`, recent: n < 12 })),
        },
      ],
    },
  };
  const document: ReportDocument = reportDocument(many);
  const pdf = pdfOf(document);
  const word = docxText(await docxOf(document));
  for (const name of [
    '#panic("x")',
    '"); #read("/etc/passwd")',
    "</w:t><w:br/>&amp;",
    "a\\u202egpj.exe",
    "株式会社テスト",
  ])
    expect(word).toContain(name);
  expect(word).toContain("288 more developers");
  // The first page stays one: of a name of 300 letters it has 58, of 12 recent ones as many as a third of a page holds.
  const [first] = plainText(document).split("What speaks against it");
  expect(first).toContain("株式会社テスト");
  expect(first).not.toContain("x".repeat(59));
  expect((first ?? "").length).toBeLessThan(3500);
  if (!HAS_PDFTOTEXT) return;
  const text = pdfText(pdf);
  for (const name of ['#panic("x")', "$ x^2 $ *bold*", "株式会社", "한국 회사", "a\\u202egpj.exe"])
    expect(text).toContain(name);
  expect(text).toContain("288 more developers");
});

test("a PDF names its title, is tagged and in a language, as PDF/UA-1 wants it", () => {
  const bytes = Buffer.from(pdfOf(reportDocument(input))).toString("latin1");
  expect(bytes.startsWith("%PDF-1.")).toBe(true);
  expect(bytes).toMatch(/\/Marked true/u);
  expect(bytes).toMatch(/\/Lang ?\(en\)/u);
  expect(bytes).toMatch(/pdfuaid:part>1</u);
});

test("each chart of a finding says what it shows, and its figures stand in the table after it", () => {
  const document = reportDocument(input);
  expect(chartsOf(document)).toHaveLength(2);
  for (const { words } of chartsOf(document)) expect(words).toMatch(/by month, \d{4}-\d\d to \d{4}-\d\d.*table below/u);
  const table = document.blocks.find((block) => block.kind === "table" && block.columns[0]?.title === "Month");
  if (table?.kind !== "table") throw new Error("no table of months");
  const [rule] = input.findings.rules;
  expect(table.rows.map((row) => row.slice(0, 7).map((cell) => cell.join("")))).toEqual(
    rule?.by_month.map(({ month, obtained, possible, attempted }) => [
      month,
      ...[obtained, possible, attempted].map(({ events }) => String(events)),
      ...[obtained, possible, attempted].map(({ developers }) => String(developers)),
    ]),
  );
});

test("in Word a chart is a picture of that size with its words; in the PDF its words are there too, and its text is found", async () => {
  const document = reportDocument(input);
  const charts = chartsOf(document);
  const parts = unzipSync(await docxOf(document));
  const pictures = Object.entries(parts).filter(([name]) => name.startsWith("word/media/"));
  const drawn = charts.map(({ chart }) => chartPng(chart));
  expect(new Set(pictures.map(([, bytes]) => Buffer.from(bytes).toString("base64")))).toEqual(
    new Set(drawn.map((bytes) => Buffer.from(bytes).toString("base64"))),
  );
  const xml = Buffer.from(parts["word/document.xml"] as Uint8Array).toString();
  for (const { words } of chartsOf(document)) expect(xml).toContain(`descr="${words}"`);
  const pdf = pdfOf(document);
  expect(
    Buffer.from(pdf)
      .toString("latin1")
      .match(/\/Alt ?\(/gu)?.length,
  ).toBeGreaterThanOrEqual(charts.length);
  if (!HAS_PDFTOTEXT) return;
  expect(pdfText(pdf).match(/Got data May have got data Tried, got nothing/gu)).toHaveLength(charts.length);
});
