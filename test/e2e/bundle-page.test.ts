import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { unpacked } from "../bundles/unpacked.ts";
import { plainBrowser } from "../host/plain-browser.ts";
import { openIncident } from "../incident.ts";
import { privateKeyText, write } from "../main/bundle/fixture.ts";
import { temporaryFolder } from "../temporary.ts";

const folder = temporaryFolder();
const zip = path.join(folder, "bundle.zip");
const complaints: string[] = [];
let browser: Browser;
let page: Page;
let bag: string;
let caseFolder: string;
const PROGRAM = path.resolve(import.meta.dirname, "../../main/exhibit.js");

beforeAll(async () => {
  const { engine } = await openIncident(2000, 6);
  const [first, second] = (await engine.ask("findings", {})).rules[0]?.developers ?? [];
  await engine.ask("tag", { filter: "level:obtained time:last60d", tag: "<img src=x onerror=alert(1)>" });
  await engine.ask("note", { filter: "level:obtained time:last60d", note: "</script><script>alert(2)</script>" });
  await engine.ask("finding", { developer: first?.developer_id ?? "", disposition: "confirmed", reason: "seen" });
  await engine.ask("finding", { developer: second?.developer_id ?? "", disposition: "dismissed", reason: "a test" });
  write(folder, { key: privateKeyText(Buffer.alloc(32, 9)) });
  await engine.ask("bundle", { out: zip, key: path.join(folder, "key") });
  caseFolder = engine.caseFile.folder;
  engine.caseFile.close();
  bag = await unpacked(zip, folder);
  browser = await plainBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.on("console", (message) => void (message.type() === "error" && complaints.push(message.text())));
  page.on("pageerror", (error) => void complaints.push(error.message));
  page.on("dialog", (dialog) => {
    complaints.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.context().route(/^(?!file:|blob:|about:)/u, (route) => route.abort());
  page.on("request", (request) => void (/^(?:file|blob):/u.test(request.url()) || complaints.push(request.url())));
});
afterAll(() => browser?.close());

const address = (place = "") => `${pathToFileURL(path.join(bag, "data/index.html")).href}${place}`;
const open = async (place = "") => {
  await page.goto("about:blank");
  await page.goto(address(place));
};
/** Goes to another screen of the page that is open. */
const go = (place: string) =>
  page.evaluate((to) => {
    location.hash = to;
  }, place);
const extract = (name: string) => fs.readFileSync(path.join(bag, "data/extract", name), "utf8");
const events = () => extract("events.jsonl").trimEnd().split("\n").length;
const figure = (count: number) => count.toLocaleString("en-US");
const counted = (count: number) =>
  page.waitForFunction(
    (words) => document.querySelector("#calls .count")?.textContent === words,
    `${figure(count)} of ${figure(events())} calls`,
    { timeout: 10_000 },
  );
const said = () => page.locator("#check").textContent();
const settled = () =>
  page.waitForFunction(() => !/^(?:Checking|Not checked)/u.test(document.getElementById("check")?.textContent ?? ""));

const SCREENS = [
  ...["answer", "findings", "developers", "calls", "sources", "against", "claims", "remedy", "clocks", "coverage"],
  ...["sensitivity", "custody", "contents", "checked", "how"],
];

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
  expect(await page.locator("footer").textContent()).toMatch(/checked: \d+ files unchanged/u);
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
  const danger = await page.locator("#check").evaluate((each) => getComputedStyle(each).color);
  for (const screen of SCREENS) {
    await go(`#${screen}`);
    await page.locator(`nav a[href="#${screen}"][aria-current]`).waitFor();
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    const { y = -1 } = (await page.locator("#check").boundingBox()) ?? {};
    expect([screen, y >= 0 && y < 800, await said()]).toEqual([screen, true, "NOT INTACT: 3 faults."]);
  }
  expect(danger).toBe("rgb(172, 47, 51)");
  expect(await page.locator("footer").textContent()).toContain("NOT INTACT");
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

/** What axe finds, a sentence each. Screens that are not shown are out of its way, which looks at each element of the page. */
const findings = (rules?: string[]) =>
  page.evaluate(async (only) => {
    const hidden = Array.from(document.querySelectorAll<HTMLElement>("main > section[hidden]"));
    const places = hidden.map((each) => [each, each.nextElementSibling] as const).reverse();
    for (const each of hidden) each.remove();
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, {
      resultTypes: ["violations"],
      ...(only && { runOnly: only }),
    });
    for (const [each, next] of places) document.getElementById("main")?.insertBefore(each, next);
    return violations.flatMap(({ id, nodes }) =>
      nodes.slice(0, 3).map(({ target, failureSummary = "" }) => `${id}: ${target.join(" ")} ${failureSummary}`),
    );
  }, rules);

test("every screen is there, one at a time, and axe finds nothing on any of them in either theme", async () => {
  await open();
  await page.evaluate(axe.source);
  for (const screen of SCREENS) {
    await go(`#${screen}`);
    await page.locator(`nav a[href="#${screen}"][aria-current]`).waitFor();
    if (screen === "calls") {
      await go("#calls/level:obtained%20time:last60d");
      await page.locator("#calls tbody a").first().click();
      await page.locator(".detail pre").waitFor();
    }
    expect(await page.locator("main > section:visible").count()).toBe(1);
    expect([screen, await findings()]).toEqual([screen, []]);
  }
  await page.emulateMedia({ colorScheme: "dark" });
  for (const screen of ["answer", "remedy"]) {
    await go(`#${screen}`);
    await page.locator(`nav a[href="#${screen}"][aria-current]`).waitFor();
    expect([screen, await findings(["color-contrast", "link-in-text-block"])]).toEqual([screen, []]);
  }
  await page.emulateMedia({ colorScheme: "light" });
});

test("a number of the first screen leads to its calls, and Back to the first screen", async () => {
  await open();
  const links = await page
    .locator("#answer a[href^='#calls/']")
    .evaluateAll((all) => all.map((each) => [each.getAttribute("href") ?? "", each.textContent ?? ""]));
  const numbers = links.flatMap(([place = "", words = ""]) => {
    const number = /^(?:their )?([\d,]+)(?: calls)?$/u.exec(words)?.[1]?.replaceAll(",", "");
    return number === undefined ? [] : [[place, Number(number)] as const];
  });
  expect(numbers.length).toBeGreaterThan(8);
  for (const [place, number] of numbers) {
    await page.locator(`#answer a[href="${place}"]`).first().click();
    await counted(number);
    await page.goBack();
    await page.locator("#answer").waitFor();
  }
});

test("each filter by which the calls were chosen finds on the page as many as the bundle says", async () => {
  const { selected } = JSON.parse(extract("bundle.json")) as { selected: { filter: string; events: number }[] };
  await open("#calls");
  await counted(events());
  for (const { filter, events: number } of selected) {
    await page.fill("#filter", filter);
    await page.press("#filter", "Enter");
    await counted(number);
  }
  await page.fill("#filter", "developper:x");
  await expect.poll(() => page.locator("#filter-mistake").textContent()).toContain("did you mean `developer`?");
});

test("boxes, dates, sort and columns are in the address, and the view is exported as it is shown", async () => {
  await open("#calls");
  await counted(events());
  await page.locator('.facet[aria-label="Level"] label', { hasText: "Got data" }).first().click();
  await page.getByRole("button", { name: "since the cutoff" }).click();
  await expect.poll(() => page.locator("#filter").inputValue()).toBe("level:obtained time>=cutoff");
  await page.getByRole("button", { name: "Developer", exact: true }).click();
  await page.locator(".columns summary").click();
  await page.getByLabel("Request id").check();
  await expect.poll(() => page.url()).toMatch(/#calls\/level:obtained%20time%3E%3Dcutoff\/developer\/\/event,/u);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: /^Export these [\d,]+ calls as CSV$/u }).click(),
  ]);
  const csv = fs.readFileSync(await download.path(), "utf8");
  const shown = await page.locator("#calls .count").textContent();
  const [header, ...lines] = csv.trimEnd().split("\n");
  expect(header).toBe("\uFEFFevent,time,developer,api,operation,status,level,fields,request_id");
  expect(shown).toMatch(new RegExp(`^${figure(lines.length)} of `, "u"));
  expect(lines.every((line) => line.includes(",obtained,"))).toBe(true);
});

test("a link to a call that was mailed shows its line as it stands in the log, and its place", async () => {
  const wanted = extract("events.jsonl").split("\n")[122] ?? "";
  const { source, line, offset, length } = JSON.parse(wanted) as Record<string, number>;
  const place = extract("lines/index.csv")
    .split("\n")
    .find((each) => each.endsWith(`,${source},${line},${offset},${length}`));
  const at = Number(place?.split(",")[1]);
  await open("#event/123");
  const bytes = fs.readFileSync(path.join(bag, `data/extract/lines/source-${source}.txt`));
  expect(await page.locator(".detail pre").textContent()).toBe(bytes.subarray(at, at + (length ?? 0)).toString("utf8"));
  expect(await page.locator(".detail").textContent()).toContain(`(source ${source}), line ${figure(line ?? 0)}, byte`);
  await page.keyboard.press("Escape");
  await expect.poll(() => page.locator(".detail").isHidden()).toBe(true);
  await go("#event/99999");
  await expect.poll(() => page.locator("#calls .count").textContent()).toContain("is not in this bundle");
});

test("a finding has its own link, with grants, calls and what was decided; names are text", async () => {
  const { rules } = JSON.parse(extract("findings.json")) as {
    rules: {
      rule: string;
      developers: { developer_id: string; developer: string; status: string; allowed_after_revocation: number }[];
    }[];
  };
  const { rule, developers } = rules[0] as (typeof rules)[number];
  const decided = developers.find(({ status }) => status === "dismissed");
  const hostile = developers.find(({ developer }) => developer.includes("<script>"));
  await open(`#finding/${rule}/${encodeURIComponent(decided?.developer_id ?? "")}`);
  await page.locator("#developer .timeline").waitFor();
  expect(await page.locator("#developer").textContent()).toContain("\u201ca test\u201d");
  await go(`#developer/${encodeURIComponent(hostile?.developer_id ?? "")}`);
  await expect.poll(() => page.locator("#developer h2").textContent()).toBe(hostile?.developer);
  expect(developers.some(({ allowed_after_revocation: calls }) => calls > 0)).toBe(true);
  for (const { developer_id: id, allowed_after_revocation: calls } of developers)
    if (calls > 0) {
      await go(`#developer/${encodeURIComponent(id)}`);
      await page.locator("#developer .bad-words a", { hasText: new RegExp(`^${calls} calls?$`, "u") }).click();
      await counted(calls);
    }
});

test("a reviewer confirms, comments and tags on the page, and the case reads the file that is saved", async () => {
  const { rules } = JSON.parse(extract("findings.json")) as {
    rules: { rule: string; developers: { developer_id: string; developer: string }[] }[];
  };
  const [{ rule, developers } = { rule: "", developers: [] }] = rules;
  await open(`#finding/${rule}/${encodeURIComponent(developers[2]?.developer_id ?? "")}`);
  await page.getByLabel("What you say of this finding").first().fill("Seen in the lines.");
  await page.getByRole("button", { name: "Confirm" }).first().click();
  await go("#event/5");
  await page.getByLabel("What you say of this call").fill("Same page twice?");
  await page.locator(".detail .review").getByRole("button", { name: "Comment" }).click();
  await page.getByLabel("What you say of this call").fill("Ask");
  await page.locator(".detail .review").getByRole("button", { name: "Tag" }).click();
  await page.getByLabel("Your name").fill("J. Okafor");
  await page.getByRole("button", { name: "Save review file" }).click();
  expect(await page.locator(".remarks").textContent()).toContain("3 remarks, not saved. First give this page the zip");
  await page.setInputFiles("#check-zip", zip);
  await settled();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save review file" }).click(),
  ]);
  const file = path.join(folder, download.suggestedFilename());
  await download.saveAs(file);
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, "review", caseFolder, file, "--json"]);
  expect([status, stderr.toString()]).toEqual([0, ""]);
  expect(JSON.parse(stdout.toString())).toMatchObject({
    author: "J. Okafor",
    acts: [
      { act: "confirm", says: "Seen in the lines.", state: "new" },
      { act: "comment", says: "Same page twice?", state: "new" },
      { act: "tag", says: "Ask", state: "new" },
    ],
  });
});

test("keys and the box at the top find calls, developers and screens", async () => {
  await open();
  await page.keyboard.press("?");
  expect(await page.locator("#keys").isVisible()).toBe(true);
  await page.keyboard.press("Escape");
  await page.keyboard.press("/");
  await page.keyboard.type("cust");
  await page.locator("#found li").first().waitFor();
  await page.keyboard.press("Enter");
  await page.locator("#custody").waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("123");
  await page.locator("#found li", { hasText: "Call 123" }).click();
  await page.locator(".detail pre").waitFor();
  await go("#calls");
  await counted(events());
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect.poll(() => page.url()).toMatch(/#event\/2$/u);
});

test("on paper every page has its bundle, the filter and that nobody checked it", async () => {
  await open("#calls/level:obtained");
  await expect.poll(() => page.locator("#calls .count").textContent()).toMatch(/^\d/u);
  await page.emulateMedia({ media: "print" });
  expect(await page.locator("#calls-printed").innerText()).toMatch(/^Filter: level:obtained\. [\d,]+ calls of /u);
  expect(await page.locator("footer").innerText()).toContain("not checked yet");
  expect(await page.locator("nav").isHidden()).toBe(true);
  await page.emulateMedia({ media: "screen" });
  const style = await page.locator("style").textContent();
  expect(style).toContain(`@bottom-left { content: "${path.basename(bag)}"; }`);
  expect(style).toContain('"page " counter(page) " of " counter(pages)');
});

test("nothing ran that the bundle does not hold, and nothing was asked of any network", () => {
  expect(complaints).toEqual([]);
});
