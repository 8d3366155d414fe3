import fs from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { writeSample } from "../../main/sample/write-sample.ts";
import { exhibit } from "../exhibit.ts";
import type { Launched } from "../host/launch.ts";
import { cellsOf } from "./csv.ts";
import { openDesk } from "./desk.ts";
import { allRows, counted, detail, filterBar, filterBy, grid } from "./explore.ts";

/** The main job in the window, from an empty machine to a verified bundle, and everything found again the next day. */

const desk = openDesk("investigate");
const incident = (...names: string[]) => desk.place("incident", ...names);
const folder = desk.place("Groups API 2018");
const bundle = desk.place("groups.zip");
const exported = desk.place("calls.csv");
const EXAMINER = "R. Vale <vale@example.org>";
const REASON = "Member names were returned after the cutoff; see the calls of June.";

let app: Launched;
const page = () => app.page;
const button = (name: string | RegExp) => page().getByRole("button", { name, exact: typeof name === "string" });
const control = (name: RegExp) => page().getByRole("group", { name: "Controls" }).getByRole("button", { name });
const said = (words: string | RegExp) =>
  page().getByRole("contentinfo").getByRole("status").filter({ hasText: words }).waitFor();
const open = (files: string[]) => app.answer("showOpenDialog", { canceled: false, filePaths: files });
const save = (filePath: string) => app.answer("showSaveDialog", { canceled: false, filePath });
/** What the command line counts in the same case: another program that reads the same rows. */
const countBy = (filter: string) =>
  exhibit("query", folder, filter, "--count", "--json").json<{ count: number }>().count;

/** A filter that the specs come back to, and how the text says it. */
let busiest = "";
const FILTER = () => `api:groups developer:"${busiest}" time>=cutoff`;
let matched = 0;

beforeAll(async () => {
  await writeSample(incident(), { rows: 6000, seed: 1 });
  app = await desk.start();
});

describe("an investigation", () => {
  it("begins with a case in the folder that the system's dialog gives", async () => {
    await save(folder);
    await button("New case").click();
    await page().getByLabel("Title").fill("Groups API 2018");
    await page().getByLabel("Examiner").fill(EXAMINER);
    await button("Choose a folder").click();
    await page().getByRole("heading", { name: "Sources", level: 1 }).waitFor();
    expect(exhibit("info", folder, "--json").json()).toMatchObject({ title: "Groups API 2018", examiner: EXAMINER });
  });

  it("imports two exports, one of them with its mapping, and accounts for every line", async () => {
    await open([incident("exports/1-gateway-2018.csv"), incident("exports/4-partner-desk.csv")]);
    await button("Import logs").first().click();
    await page().getByRole("button", { name: "4-partner-desk.csv" }).click();
    await open([incident("mappings/4-partner-desk.json")]);
    await button("Choose a mapping").click();
    await expect
      .poll(() => page().getByRole("combobox", { name: "app from" }).inputValue(), { timeout: 20_000 })
      .toBe("Anwendung");
    await page().getByRole("region", { name: "Preview" }).getByRole("row").nth(3).waitFor();
    await button("Import 2 files").click();
    await button("Show the source").nth(1).waitFor();

    await page().keyboard.press("Control+1");
    const sources = page().getByRole("grid", { name: "Sources" });
    await sources.waitFor();
    const known = exhibit("query", folder, "*", "--count", "--facet", "source", "--json").json<{ count: number }>();
    const ledger =
      (await page()
        .getByText(/ lines = /u)
        .textContent()) ?? "";
    const lines = ["exports/1-gateway-2018.csv", "exports/4-partner-desk.csv"]
      .map((file) => fs.readFileSync(incident(file), "latin1").split("\n").length - 1)
      .reduce((sum, each) => sum + each, 0);
    expect(Number(/^[\d,]+/u.exec(ledger)?.[0].replaceAll(",", ""))).toBe(lines);
    await page().keyboard.press("Control+2");
    expect(await counted(page())).toBe(known.count);
  });

  it("takes registry and policy", async () => {
    await page().keyboard.press("Control+1");
    await open(fs.readdirSync(incident("registry")).map((name) => incident("registry", name)));
    await button("Import registry").click();
    // what the files are is shown before anything is taken
    await page().getByRole("dialog", { name: "Import a registry" }).getByText("grants").first().waitFor();
    await button("Add to the registry").click();
    await said("Registry imported: 5 files");
    await open([incident("policy.json")]);
    await button("Import policy").click();
    // a file is a draft until it is set
    await said("policy.json is open as a draft");
    await button("Set policy").click();
    await page().getByRole("dialog", { name: "Set the policy" }).getByRole("button", { name: "Set policy" }).click();
    await said("Policy in force: 1 rule.");
    await page().getByRole("contentinfo").filter({ hasText: "cutoff 2018-04-04" }).waitFor();
  });

  it("filters by API, developer and date through the controls, which write the text", async () => {
    await page().keyboard.press("Control+2");
    await counted(page());
    await control(/^API/u).click();
    await page()
      .getByRole("option", { name: /^groups/u })
      .click();
    await page().keyboard.press("Escape");
    await control(/^Date/u).click();
    await button("Since the cutoff").click();
    await page().keyboard.press("Escape");
    await counted(page());
    await control(/^Developer/u).click();
    const first = page().getByRole("listbox", { name: "Developer" }).getByRole("option", { name: /\d$/u }).first();
    busiest = /^(.*?)\s*[\d,]+$/u.exec((await first.textContent()) ?? "")?.[1] ?? "";
    await first.click();
    await page().keyboard.press("Escape");

    matched = await counted(page());
    expect(await filterBar(page()).inputValue()).toBe(`api:groups time>=cutoff developer:"${busiest}"`);
    expect(matched).toBe(countBy(FILTER()));
  });

  it("filters by the same through the text, which the controls show", async () => {
    expect(await filterBy(page(), "")).toBeGreaterThan(matched);
    await control(/^Date all/u).waitFor();
    expect(await filterBy(page(), FILTER())).toBe(matched);
    await control(/^API groups$/u).waitFor();
    await control(new RegExp(`^Developer ${busiest}$`, "u")).waitFor();
    await control(/^Date since the cutoff 2018-04-04/u).waitFor();
    const facets = page().getByRole("navigation", { name: "Facets" });
    await facets.getByRole("checkbox", { name: `${busiest}, `, checked: true }).waitFor();
  });

  it("shows as many rows as the number says, and exports just those", async () => {
    const rows = await allRows(page());
    expect(rows).toHaveLength(matched);
    expect(new Set(rows.map(([, , developer]) => developer))).toEqual(new Set([busiest]));

    await page().keyboard.press("Control+e");
    await save(exported);
    await button(`Export ${matched} calls`).click();
    await said(`Exported ${matched} calls`);
    const [head, ...records] = cellsOf(fs.readFileSync(exported, "utf8"));
    expect(head?.[0]).toBe("time");
    const times = records.map(([time = ""]) => time.replace("T", " ").replace("Z", ""));
    expect(times).toEqual(rows.map(([, time]) => time));
  });

  it("draws its bars in the colours of another theme as soon as it has them", async () => {
    const bars = () =>
      page().evaluate(() => document.querySelector<HTMLCanvasElement>(".histogram canvas")?.toDataURL());
    const theme = (theme: "light" | "dark") =>
      page().evaluate((theme) => window.exhibit.desktop("t", "changeSettings", { theme }), theme);
    await filterBy(page(), "");
    await theme("light");
    await page().waitForTimeout(1000);
    const light = await bars();
    await theme("dark");
    await page().waitForFunction(() => document.documentElement.dataset.theme === "dark");
    await page().waitForTimeout(300);
    const dark = await bars();
    expect(dark).not.toBe(light);
    // drawn anew, twice, with the same colours
    for (const isPressed of [true, false]) {
      await button("Log").click();
      await page().getByRole("button", { name: "Log", exact: true, pressed: isPressed }).waitFor();
      await page().waitForTimeout(300);
    }
    expect(await bars()).toBe(dark);
    await theme("light");
    expect(await filterBy(page(), FILTER())).toBe(matched);
  });

  it("asks for the range that is drawn over the bars, and takes the drawing away", async () => {
    const picture = async () => {
      await page().waitForTimeout(700);
      return page().evaluate(() => document.querySelector<HTMLCanvasElement>(".histogram canvas")?.toDataURL());
    };
    await filterBy(page(), "");
    const before = await picture();
    const box = await page().locator(".histogram-chart").boundingBox();
    if (!box) throw new Error("there are no bars");
    const middle = box.y + box.height / 2;
    await page().mouse.move(box.x + 0.3 * box.width, middle);
    await page().mouse.down();
    await page().mouse.move(box.x + 0.6 * box.width, middle, { steps: 4 });
    await page().mouse.up();
    await page().mouse.move(box.x + box.width / 2, box.y + box.height + 200);
    await page().waitForFunction(() =>
      /^time>=\S+ time<\S+$/u.test(document.querySelector<HTMLInputElement>(".filter-input")?.value ?? ""),
    );
    expect(await counted(page())).toBe(countBy(await filterBar(page()).inputValue()));
    expect(await picture()).not.toBe(before);
    await filterBy(page(), "");
    expect(await picture()).toBe(before);
  });

  it("says the whole of the text under the mouse, also when other rows come there, and where they stand", async () => {
    const count = await filterBy(page(), "");
    const cell = grid(page()).getByRole("row").nth(3).locator('[col-id="operation"] bdi');
    await cell.hover();
    for (let notch = 0; notch < 5; notch += 1) {
      const [title, text] = await cell.evaluate((each) => [each.getAttribute("title"), each.textContent]);
      expect(title).toBe(text);
      await page().mouse.wheel(0, 24 * 137);
    }
    const places = () =>
      page().evaluate(() => {
        const bar = document.querySelector(".grid-bar") as HTMLElement;
        const rows = document.querySelectorAll(".grid-rows .ag-row");
        return {
          part: bar.scrollTop / (bar.scrollHeight - bar.clientHeight),
          first: Number(rows[0]?.getAttribute("aria-rowindex")) - 2,
          fit: rows.length - 1,
        };
      });
    await expect.poll(async () => (await places()).first).toBe(5 * 137);
    await page().mouse.wheel(0, 24);
    await expect.poll(async () => (await places()).first).toBe(5 * 137 + 1);
    // at rest the bar stands where they are, though one row moves it by less than can be seen
    const { first, fit } = await places();
    await expect.poll(async () => Math.round((await places()).part * (count - fit))).toBe(first);
    expect(await filterBy(page(), FILTER())).toBe(matched);
  });

  it("tags by keyboard, takes it back, and does it again", async () => {
    await grid(page()).getByRole("row").nth(1).click();
    await page().keyboard.press("Control+a");
    await page().getByText(`${matched} selected`).waitFor();
    await page().keyboard.press("t");
    await page().getByRole("textbox", { name: "Tag", exact: true }).waitFor();
    await page().keyboard.type("Reviewed");
    await page().keyboard.press("Enter");
    await said(`Tagged ${matched} calls Reviewed.`);
    expect(countBy("tag:reviewed")).toBe(matched);

    await page().keyboard.press("Control+z");
    await said(/^Undone: tag Reviewed on/u);
    expect(countBy("tag:*")).toBe(0);
    await page().keyboard.press("Control+y");
    await said(/^Redone: tag Reviewed on/u);
    expect(countBy("tag:reviewed")).toBe(matched);

    await page().keyboard.press("Escape");
    await page().keyboard.press("Control+Home");
    await page().keyboard.press("n");
    await page().keyboard.type("First of them. <i>Ask</i> for the rest.");
    await page().keyboard.press("Control+Enter");
    await said("Noted on 1 call.");
    expect(countBy("note:first*")).toBe(1);
    await detail(page()).getByRole("tab", { name: "Notes 1" }).click();
    await detail(page()).getByText("First of them. <i>Ask</i> for the rest.").waitFor();
  });

  it("keeps the filter by a name", async () => {
    await page().keyboard.press("Control+s");
    await page().getByRole("textbox", { name: "Name" }).fill("The busiest");
    await page().keyboard.press("Enter");
    await said("Saved the filter The busiest.");
  });

  it("confirms a finding with its reason", async () => {
    await page().keyboard.press("Control+4");
    await page().getByRole("searchbox", { name: "Find developers" }).fill(busiest);
    await page().getByRole("grid").getByRole("row").nth(1).click();
    await page().keyboard.press("c");
    await page().getByRole("textbox", { name: "Reason" }).fill(REASON);
    await button("Confirm").click();
    await button(`Finding on ${busiest}: confirmed`).waitFor();
    const { rules } = exhibit("findings", folder, "--json").json<{
      rules: { developers: { developer: string; status: string }[] }[];
    }>();
    const decided = rules.flatMap(({ developers }) => developers).filter(({ status }) => status !== "open");
    expect(decided).toMatchObject([{ developer: busiest, status: "confirmed" }]);
  });

  it("makes a bundle, which the window and the command find intact, and no other", async () => {
    await page().keyboard.press("Control+Shift+E");
    await save(bundle);
    await button("Create bundle").click();
    await page()
      .getByText(/^INTACT, /u)
      .waitFor({ timeout: 60_000 });
    const { code, json } = exhibit("verify", bundle, "--recompute", "--json");
    expect([code, json().ok]).toEqual([0, true]);

    const broken = desk.place("broken.zip");
    const bytes = fs.readFileSync(bundle);
    const at = bytes.indexOf(REASON.slice(0, 20));
    bytes[at] = (bytes[at] as number) ^ 1;
    fs.writeFileSync(broken, bytes);
    await open([broken]);
    await page().keyboard.press("Control+k");
    await page().keyboard.type("verify a bundle");
    await page().keyboard.press("Enter");
    await button("Choose a bundle").click();
    await page()
      .getByText(/^NOT INTACT: .*manifest/u)
      .waitFor({ timeout: 60_000 });
    expect(exhibit("verify", broken, "--json").code).toBe(1);
  });

  it("finds everything the next day, in another process", async () => {
    await page().keyboard.press("Control+2");
    await filterBy(page(), "tag:reviewed");
    expect(await desk.quit()).toBe(0);

    app = await desk.start();
    await page().getByRole("region", { name: "Recent cases" }).getByRole("button", { name: "Groups API 2018" }).click();
    expect(await counted(page())).toBe(matched);
    expect(await filterBar(page()).inputValue()).toBe("tag:reviewed");
    await button("Saved").click();
    await page().getByRole("menuitem", { name: "The busiest" }).click();
    expect(await counted(page())).toBe(matched);
    expect(await filterBar(page()).inputValue()).toBe(FILTER());
    expect(await filterBy(page(), "note:first*")).toBe(1);
    await page().keyboard.press("Control+4");
    await button(`Finding on ${busiest}: confirmed`).waitFor();
    await page().keyboard.press("Control+9");
    await page()
      .getByRole("grid", { name: "Custody" })
      .getByRole("row", { name: /Reviewed/u })
      .first()
      .waitFor();
    await button("Verify").click();
    await page()
      .getByText(/^Unbroken: /u)
      .waitFor();
  });
});
