import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ReviewFile } from "../../shared/model/accountability/review-file.ts";
import { unpacked } from "../bundles/unpacked.ts";
import { plainBrowser } from "../host/plain-browser.ts";
import { openIncident } from "../incident.ts";
import { temporaryFolder } from "../temporary.ts";

/** A paralegal with a stick: what a reader does on a bundle's page by what is visible, and by keys alone. */
const folder = temporaryFolder();
const zip = path.join(folder, "bundle.zip");
let browser: Browser;
let page: Page;
let bag: string;

beforeAll(async () => {
  const { engine } = await openIncident(2000, 6);
  await engine.ask("tag", { filter: "level:obtained time:last60d", tag: "Reviewed" });
  await engine.ask("bundle", { out: zip });
  engine.caseFile.close();
  bag = await unpacked(zip, folder);
  browser = await plainBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(5000);
}, 60_000);
afterAll(() => browser?.close());

const open = async (place = "") => {
  await page.goto("about:blank");
  await page.goto(`${pathToFileURL(path.join(bag, "data/index.html")).href}${place}`);
};
const json = <Value>(name: string) =>
  JSON.parse(fs.readFileSync(path.join(bag, "data/extract", name), "utf8")) as Value;
const heading = () => page.locator("#developer h2").textContent();
const keys = async (...all: string[]) => {
  for (const each of all) await page.keyboard.press(each);
};
interface Level {
  readonly events: number;
  readonly first?: string;
  readonly last?: string;
}
interface Findings {
  readonly rules: {
    readonly totals: {
      readonly entitled: { readonly developers: number };
      readonly obtained: { readonly developers: number; readonly people: { readonly value: number } };
    };
    readonly developers: {
      readonly developer: string;
      readonly status: string;
      readonly obtained: Level;
      readonly allowed_after_revocation: number;
    }[];
  }[];
}
const rule = () => json<Findings>("findings.json").rules[0] as Findings["rules"][number];

/** What stands on the first screen under a question. */
const card = (question: string) => page.locator("#answer .card", { hasText: question });
const openFirstCall = () =>
  page.locator("#calls .rows tbody a, #developer table a[href^='#event/']").locator("visible=true").first().click();

/** The line that is open is the bytes of lines/ at the place that is named beside it. */
async function lineIsThere(): Promise<void> {
  const text = (await page.locator(".detail pre").textContent()) ?? "";
  const [, source] =
    /\(source (\d+)\), line [\d,]+, byte/u.exec((await page.locator(".detail").textContent()) ?? "") ?? [];
  expect(text.length).toBeGreaterThan(40);
  expect(fs.readFileSync(path.join(bag, `data/extract/lines/source-${source}.txt`), "utf8")).toContain(text);
}

test("seven answers from the opened page by what is visible, each in two clicks from its line", async () => {
  const { totals, developers } = rule();
  const got = developers.filter(({ obtained }) => obtained.events > 0);
  const figure = (count: number) => count.toLocaleString("en-US");
  const asked: [string, () => Promise<unknown>, () => Promise<void>][] = [
    [
      "who",
      () => expect.poll(() => card("Who used it?").locator("b").innerText()).toBe(figure(totals.obtained.developers)),
      () => page.locator("#answer .recent tbody a").first().click(),
    ],
    [
      "how many",
      () =>
        expect
          .poll(() => card("From how many?").locator("b").innerText())
          .toContain(figure(totals.obtained.people.value)),
      () => card("From how many?").getByText("Show whom").click(),
    ],
    [
      "when",
      async () =>
        expect(await card("Who used it?").locator("a.t").allInnerTexts()).toEqual([
          got
            .map(({ obtained }) => obtained.first ?? "")
            .sort()[0]
            ?.slice(0, 10),
          got
            .map(({ obtained }) => obtained.last ?? "")
            .sort()
            .at(-1)
            ?.slice(0, 10),
        ]),
      () => card("Who used it?").locator("a.t").last().click(),
    ],
    [
      "which fields",
      async () => expect(await card("What did they get?").innerText()).toMatch(/name \(\d+ developers\), picture/u),
      () => card("What did they get?").getByRole("link", { name: "picture" }).click(),
    ],
    [
      "how sure",
      async () =>
        expect(await card("From how many?").innerText()).toMatch(/Not exact: the logs of \d+ developers hold no ids/u),
      () => card("From how many?").getByText("some calls").click(),
    ],
    [
      "who still has access",
      async () => expect(await page.locator("#answer").innerText()).toMatch(/\d+ still hold the permission:/u),
      () => page.locator("#answer .recent p", { hasText: "still hold" }).locator("a").first().click(),
    ],
    [
      "is it put right",
      async () => {
        const after = developers.filter(({ allowed_after_revocation: calls }) => calls > 0);
        expect(await card("Is it put right?").innerText()).toContain(`${after.length} called after it.`);
      },
      () => page.locator("#answer .recent p", { hasText: "called after" }).locator("a").first().click(),
    ],
  ];
  for (const [name, isAnswered, click] of asked) {
    await open();
    await isAnswered();
    await click();
    if (name === "is it put right") await page.locator("#developer .bad-words a[href^='#event/']").click();
    else await openFirstCall();
    await page.locator(".detail pre").waitFor();
    await lineIsThere();
  }
});

test("a review by keys alone: the findings nobody decided, one after the other, and calls with tags", async () => {
  await open();
  const [first, second, third] = rule().developers;
  await keys("f");
  await expect.poll(heading).toBe(first?.developer);
  await keys("c");
  await page.keyboard.type("Seen in the lines.");
  await keys("Control+Enter", "f");
  await expect.poll(heading).toBe(second?.developer);
  await keys("x");
  await page.keyboard.type("A test account.");
  await keys("Control+Enter", "Shift+F");
  await expect.poll(heading).not.toBe(first?.developer);
  await keys("f");
  await expect.poll(heading).toBe(third?.developer);
  await keys("g", "e");
  await page.locator("#calls .rows tbody tr").first().waitFor();
  await keys("m");
  const tagged = await page.locator("#calls tbody a:focus").textContent();
  await keys("j", "t");
  await page.locator(".detail textarea:focus").waitFor();
  await page.keyboard.type("Ask");
  await keys("Control+Enter", "j");
  await expect.poll(() => page.locator(".detail h2").textContent()).toBe(`Call ${Number(tagged) + 2}`);
  await expect.poll(() => page.locator(".detail .tag-buttons").innerText()).toMatch(/1\s*Reviewed\s*2\s*Ask/u);
  await keys("2", "n");
  await page.keyboard.type("Same page twice?");
  await keys("Control+Enter");
  expect(await page.locator(".remarks").textContent()).toContain("5 remarks, not saved");
  await page.setInputFiles("#check-zip", zip);
  await page.waitForFunction(() => document.body.dataset.tagmanifest !== undefined);
  await page.getByLabel("Your name").fill("J. Okafor");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save review file" }).click(),
  ]);
  const { acts } = JSON.parse(fs.readFileSync(await download.path(), "utf8")) as ReviewFile;
  expect(
    acts.map((each) => [each.act, "tag" in each ? each.tag : each.text, "calls" in each && each.calls?.length]),
  ).toEqual([
    ["confirm", "Seen in the lines.", false],
    ["dispute", "A test account.", false],
    ["tag", "Ask", 2],
    ["comment", "Same page twice?", 1],
  ]);
});

test("each key that `?` lists is taken on any screen, and where it can do nothing the page says so", async () => {
  await open("#custody");
  await keys("?");
  const listed = await page
    .locator("#keys [data-command]")
    .evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset.keys ?? ""));
  expect(listed.length).toBeGreaterThan(30);
  const faults: string[] = [];
  page.on("pageerror", ({ message }) => faults.push(message));
  for (const each of listed) {
    await keys("Escape", ...each.replace("Mod+Z", "Control+z").split(" "));
    await page.evaluate(() => document.querySelector<HTMLInputElement>("#find")?.blur());
  }
  expect(faults).toEqual([]);
  await open("#custody");
  await keys("c");
  await expect.poll(() => page.locator(".say").textContent()).toBe("This key is for a finding: f goes to one.");
  await keys("Control+z");
  await expect.poll(() => page.locator(".say").textContent()).toBe("Nothing was said.");
  await keys("g", "r");
  await expect.poll(() => page.url()).toMatch(/#remedy$/u);
});

test("the filter is completed as in the window: fields, then values with their counts", async () => {
  await open("#calls");
  await page.locator("#calls .rows tbody tr").first().waitFor();
  await page.locator("#filter").pressSequentially("outc");
  await page.locator("#completions [role=option]", { hasText: "outcome" }).waitFor();
  await keys("ArrowDown", "Tab");
  await page.locator("#completions [role=option]", { hasText: "denied" }).click();
  expect(await page.locator("#filter").inputValue()).toBe("outcome:denied ");
  await page.locator("#filter").pressSequentially("developer:");
  const option = page.locator("#completions [role=option]").first();
  expect(await option.textContent()).toMatch(/[a-z].*\d$/iu);
  await keys("ArrowDown", "Enter");
  await expect.poll(() => page.locator("#filter").inputValue()).toMatch(/^outcome:denied developer:\S/u);
  await keys("Escape");
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).not.toBe("filter");
});
