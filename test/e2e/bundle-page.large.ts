import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createCase } from "../../main/case/create.ts";
import { Engine } from "../../main/engine/engine.ts";
import { writeCsv } from "../bench/exports.ts";
import { unpacked } from "../bundles/unpacked.ts";
import { plainBrowser } from "../host/plain-browser.ts";
import { temporaryFolder } from "../temporary.ts";

const ROWS = 1_000_000;
/** Milliseconds. What is measured is the best of a few: other programs only make it longer. */
const ANSWER = 1000;
const FILTER = 150;
const HEAP = 500e6;
/** Milliseconds until the first calls of a word stand there. */
const FIRST_HITS = 2000;
/** Kilobytes of the page's process at its most, while a word is sought in all lines; the debugger keeps up to 100 MB of them. */
const PEAK_KB = 800_000;

const FILTERS = [
  "api:groups outcome:allowed",
  "time:2019 status:4xx",
  "fields:name -api:groups",
  'operation:"GET /{group-id}/members" (status:200 or outcome:denied)',
  "time>=2019-06 not fields:name",
];

let browser: Browser;
let page: Page;
let address: string;

beforeAll(async () => {
  const folder = temporaryFolder();
  const engine = new Engine(createCase(path.join(folder, "case"), { title: "Large", examiner: "T <t@example.org>" }));
  await engine.ask("import", { files: [writeCsv(folder, ROWS)] });
  const zip = path.join(folder, "bundle.zip");
  await engine.ask("bundle", { out: zip, filter: "time>=1970" });
  engine.caseFile.close();
  address = pathToFileURL(path.join(await unpacked(zip, folder), "data/index.html")).href;
  browser = await plainBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
}, 1_200_000);
afterAll(() => browser?.close());

/** Milliseconds until the rows of a filter stand there, and what the page says of them. */
const asked = (filter: string) =>
  page.evaluate(
    (place) =>
      new Promise<readonly [number, string]>((done) => {
        const begun = performance.now();
        const before = document.querySelector("#calls .rows")?.firstElementChild;
        location.hash = place;
        const look = () => {
          const words = document.querySelector("#calls .count")?.textContent ?? "";
          const rows = document.querySelector("#calls .rows")?.firstElementChild;
          if (/^[\d,]+ of [\d,]+ calls$/u.test(words) && rows && rows !== before)
            done([performance.now() - begun, words] as const);
          else setTimeout(look, 1);
        };
        look();
      }),
    `#calls/${encodeURIComponent(filter)}`,
  );

/** The most that the page's process ever had, where the system says so. */
async function peakKb(): Promise<number> {
  const { processInfo } = (await (await browser.newBrowserCDPSession()).send("SystemInfo.getProcessInfo")) as {
    processInfo: { type: string; id: number }[];
  };
  const peaks = processInfo.flatMap(({ type, id }) => {
    const status = `/proc/${id}/status`;
    if (type !== "renderer" || !fs.existsSync(status)) return [];
    return Number(/^VmHWM:\s+(\d+)/mu.exec(fs.readFileSync(status, "utf8"))?.[1]);
  });
  return Math.max(0, ...peaks);
}

test("a word in a million lines: the first calls at once, all of them in bounded memory", async () => {
  await page.goto("about:blank");
  await page.goto(`${address}#calls`);
  await page.locator("#calls .rows tbody tr").first().waitFor();
  const begun = performance.now();
  await page.evaluate(() => {
    location.hash = "#calls/members%20zephrine";
  });
  await page.locator("#calls .search-note", { hasText: "at least" }).waitFor();
  const first = performance.now() - begun;
  await page.waitForFunction(
    () => /^[\d,]+ of [\d,]+ calls$/u.test(document.querySelector("#calls .count")?.textContent ?? ""),
    undefined,
    { timeout: 120_000 },
  );
  const [whole, peak] = [performance.now() - begun, await peakKb()];
  console.log({ first, whole, peak });
  expect(first).toBeLessThan(FIRST_HITS);
  expect(peak).toBeLessThan(PEAK_KB);
}, 300_000);

test("a million calls: the answer within a second, a filter within 150 ms, in less than 500 MB", async () => {
  const answers: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    await page.goto("about:blank");
    const begun = performance.now();
    await page.goto(address);
    await page.locator("#answer").waitFor();
    answers.push(performance.now() - begun);
  }
  expect((await asked(""))[1]).toBe("1,000,000 of 1,000,000 calls");
  const best = new Map<string, number>();
  for (let round = 0; round < 3; round += 1)
    for (const filter of FILTERS) {
      const [taken] = await asked(filter);
      best.set(filter, Math.min(taken, best.get(filter) ?? Number.POSITIVE_INFINITY));
      // The counts beside the rows are made after them.
      await page.waitForTimeout(500);
    }
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize, embedderHeapUsedSize, backingStorageSize } = (await session.send("Runtime.getHeapUsage")) as Record<
    string,
    number
  >;
  const heap = (usedSize ?? 0) + (embedderHeapUsedSize ?? 0) + (backingStorageSize ?? 0);
  console.log({ answers, best: Object.fromEntries(best), heap });
  expect(Math.min(...answers)).toBeLessThan(ANSWER);
  for (const taken of best.values()) expect(taken).toBeLessThan(FILTER);
  expect(heap).toBeLessThan(HEAP);
}, 300_000);
