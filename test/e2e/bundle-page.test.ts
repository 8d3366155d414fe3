import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { unpacked } from "../bundles/unpacked.ts";
import { installedBrowser } from "../host/browser.ts";
import { packagedChromium } from "../host/unpack.ts";
import { openIncident } from "../incident.ts";
import { privateKeyText, write } from "../main/bundle/fixture.ts";
import { temporaryFolder } from "../temporary.ts";

const folder = temporaryFolder();
const zip = path.join(folder, "bundle.zip");
const complaints: string[] = [];
let browser: Browser;
let page: Page;
let bag: string;

beforeAll(async () => {
  const { engine } = await openIncident(2000, 6);
  const [first, second] = (await engine.ask("findings", {})).rules[0]?.developers ?? [];
  await engine.ask("finding", { developer: first?.developer_id ?? "", disposition: "confirmed", reason: "seen" });
  await engine.ask("finding", { developer: second?.developer_id ?? "", disposition: "dismissed", reason: "a test" });
  write(folder, { key: privateKeyText(Buffer.alloc(32, 9)) });
  await engine.ask("bundle", { out: zip, key: path.join(folder, "key") });
  engine.caseFile.close();
  bag = await unpacked(zip, folder);
  const { executable, env } = installedBrowser()
    ? { executable: installedBrowser() as string, env: process.env }
    : await packagedChromium();
  browser = await chromium.launch({
    executablePath: executable,
    env: env as Record<string, string>,
    args: ["--no-sandbox", "--headless=old"],
  });
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.on("console", (message) => void (message.type() === "error" && complaints.push(message.text())));
  page.on("pageerror", (error) => void complaints.push(error.message));
});
afterAll(() => browser?.close());

const open = () => page.goto(pathToFileURL(path.join(bag, "data/index.html")).href);
const said = () => page.locator("#check").textContent();
const settled = () =>
  page.waitForFunction(() => !/^(?:Checking|Not checked)/u.test(document.getElementById("check")?.textContent ?? ""));

test("the page says that it is not checked until the zip or the folder is given, and then checks every file", async () => {
  await open();
  expect(await said()).toBe("Not checked yet.");
  if (process.env.SHOTS) {
    await page.screenshot({ path: path.join(process.env.SHOTS, "page.png") });
    await page.screenshot({ path: path.join(process.env.SHOTS, "whole.png"), fullPage: true });
    await page.pdf({ path: path.join(process.env.SHOTS, "page.pdf"), format: "A4" });
  }
  await page.setInputFiles("#check-zip", zip);
  await settled();
  expect(await said()).toMatch(
    /^\d+ files unchanged; signed by the key SHA256:\S+: compare it with the one that you were told\.$/u,
  );
  await open();
  await page.setInputFiles("#check-folder", bag);
  await settled();
  expect(await said()).toMatch(/^\d+ files unchanged; signed by the key/u);
  expect(complaints).toEqual([]);
});

test("a changed, a missing and an added file are named, and the page is marked", async () => {
  const other = path.join(temporaryFolder(), path.basename(bag));
  fs.cpSync(bag, other, { recursive: true });
  fs.appendFileSync(path.join(other, "data/extract/events.csv"), "x");
  fs.rmSync(path.join(other, "data/extract/claims.json"));
  fs.writeFileSync(path.join(other, "data/more.js"), "1");
  await open();
  await page.setInputFiles("#check-folder", other);
  await settled();
  expect(await said()).toBe("NOT INTACT: 3 faults.");
  expect((await page.locator("#check-faults li").allTextContents()).sort()).toEqual([
    "changed: data/extract/events.csv",
    "in no list: data/more.js",
    "missing: data/extract/claims.json",
  ]);
  expect(await page.locator("body.bad").count()).toBe(1);
});

test("a signature that is not valid, and no zip, are said", async () => {
  const other = path.join(temporaryFolder(), path.basename(bag));
  fs.cpSync(bag, other, { recursive: true });
  const list = path.join(other, "tagmanifest-sha256.txt");
  const lines = fs.readFileSync(list, "utf8").trimEnd().split("\n");
  fs.writeFileSync(list, `${lines.reverse().join("\n")}\n`);
  await open();
  await page.setInputFiles("#check-folder", other);
  await settled();
  expect(await page.locator("#check-faults").textContent()).toMatch(
    /^the signature by the key SHA256:\S+ is not valid$/u,
  );
  await page.setInputFiles("#check-zip", path.join(bag, "VERIFY.txt"));
  await settled();
  expect(await said()).toContain("It could not be checked: it is no zip");
});
