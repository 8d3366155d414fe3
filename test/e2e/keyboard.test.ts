import fs from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { writeSample } from "../../main/sample/write-sample.ts";
import { exhibit } from "../exhibit.ts";
import type { Launched } from "../host/launch.ts";
import { cellsOf } from "./csv.ts";
import { openDesk } from "./desk.ts";
import { counted, detail, filterBar, grid } from "./explore.ts";

/** The main job once without a mouse: keys, and the answers that the system's own dialogs give. */

const desk = openDesk("keyboard");
const incident = (...names: string[]) => desk.place("incident", ...names);
const folder = desk.place("case");
let app: Launched;
const page = () => app.page;
/** Keys one after the other, as `keyboard.press` names them. */
const press = async (...keys: string[]) => {
  for (const each of keys) await page().keyboard.press(each);
};
const type = (text: string) => page().keyboard.type(text);
const said = (words: string | RegExp) =>
  page().getByRole("contentinfo").getByRole("status").filter({ hasText: words }).waitFor();
const heading = (name: string) => page().getByRole("heading", { name, level: 1, exact: true });
const chosen = (...filePaths: string[]) => app.answer("showOpenDialog", { canceled: false, filePaths });
const saved = (filePath: string) => app.answer("showSaveDialog", { canceled: false, filePath });
const dialog = (name: string | RegExp) => page().getByRole("dialog", { name }).waitFor();
/** A symbol that a German keyboard has above a digit: it comes with Shift, and from the digit's place. */
const pressGerman = async (key: string, code: string) => {
  const devtools = await page().context().newCDPSession(page());
  const event = { key, code, modifiers: 8, text: key };
  await devtools.send("Input.dispatchKeyEvent", { type: "keyDown", ...event });
  await devtools.send("Input.dispatchKeyEvent", { type: "keyUp", ...event });
  await devtools.detach();
};
/** What has the focus, as a screen reader says it. */
const focused = () =>
  page().evaluate(() => {
    const at = document.activeElement;
    const labelled = at?.getAttribute("aria-labelledby");
    const named = labelled
      ? labelled
          .split(" ")
          .map((id) => document.getElementById(id)?.textContent)
          .join(" ")
      : undefined;
    return (at?.getAttribute("aria-label") ?? named ?? at?.textContent ?? "").trim();
  });
/** Tab until the focus is on what is wanted: it must be reachable so. */
const tabTo = async (name: RegExp) => {
  for (let turn = 0; turn < 60; turn += 1) {
    if (name.test(await focused())) return;
    await press("Tab");
  }
  throw new Error(`Tab never reached ${name}`);
};
/** A command by its name in the palette. */
const command = async (name: string) => {
  await press("Control+k");
  await page().getByRole("textbox", { name: "Command" }).waitFor();
  await type(name);
  await page().getByRole("menuitem").filter({ hasText: name }).first().waitFor();
  await press("Enter");
};
const text = () => filterBar(page()).inputValue();
/** One step back to this filter: the browser's history answers a moment after the key. */
const back = async (to: string) => {
  await press("Alt+ArrowLeft");
  await expect.poll(text).toBe(to);
  return counted(page());
};
/** The focus comes to this row, counted from 1 as people do. */
const atRow = (row: number) =>
  page().waitForFunction(
    (index) => document.activeElement?.closest('[role="row"]')?.getAttribute("aria-rowindex") === String(index),
    row + 1,
  );
/** The row that has the focus is seen whole. */
const isInSight = () =>
  page().evaluate(() => {
    const [row, all] = ["row", "grid"].map((role) =>
      document.activeElement?.closest(`[role="${role}"]`)?.getBoundingClientRect(),
    );
    return row !== undefined && all !== undefined && row.top >= all.top && row.bottom <= all.bottom + 1;
  });
const countBy = (filter: string) =>
  exhibit("query", folder, filter, "--count", "--json").json<{ count: number }>().count;

beforeAll(async () => {
  await writeSample(incident(), { rows: 3000, seed: 1 });
  app = await desk.start();
  await page().evaluate(() => {
    for (const name of ["pointerdown", "mousedown", "wheel"])
      addEventListener(name, () => Object.assign(window, { isPressed: true }), true);
  });
});

describe("by keyboard alone", () => {
  it("makes a case, imports logs, registry and policy", async () => {
    await saved(folder);
    await press("Control+n");
    await page().getByRole("form", { name: "New case" }).waitFor();
    await type("Groups API 2018");
    await press("Tab");
    await type("R. Vale <vale@example.org>");
    await press("Enter");
    await heading("Sources").waitFor();

    await chosen(incident("exports/1-gateway-2018.csv"), incident("exports/1-gateway-2019.csv"));
    await press("Control+i");
    await heading("Import logs").waitFor();
    await page().getByRole("button", { name: "Import 2 files" }).waitFor();
    await tabTo(/^Import 2 files$/u);
    await press("Enter");
    await page().getByRole("button", { name: "Show the source" }).nth(1).waitFor();
    await chosen(...fs.readdirSync(incident("registry")).map((name) => incident("registry", name)));
    await command("Import a registry");
    await page().getByRole("button", { name: "Add to the registry" }).waitFor();
    await press("Enter");
    await said("Registry imported: 5 files");
    await chosen(incident("policy.json"));
    await command("Import a policy");
    await heading("Policy").waitFor();
    await page().getByRole("table", { name: "What it would change" }).waitFor();
    await press("Control+Enter");
    await dialog("Set the policy");
    await press("Control+Enter");
    await said("Policy in force: 1 rule.");
  });

  it("goes to every screen by its number and by g and its letter", async () => {
    const screens = ["Sources", "Explore", "Answer", "Developers", "Claims", "Remedy", "Coverage", "Bundle", "Custody"];
    for (const [at, name] of screens.entries()) {
      await press(`Control+${at + 1}`);
      await heading(name).waitFor({ state: "attached" });
    }
    for (const [at, letter] of [..."seadcrvbl"].entries()) {
      await press("g", letter);
      await heading(screens[at] as string).waitFor({ state: "attached" });
    }
    await press("Alt+ArrowLeft");
    await heading("Bundle").waitFor();
    await press("Alt+ArrowRight");
    await heading("Custody").waitFor();
  });

  it("filters with / and goes back to the rows with Esc", async () => {
    await press("g", "e");
    const all = await counted(page());
    await press("/");
    await type("api:groups time>=cutoff");
    await press("Enter");
    expect(await counted(page())).toBeLessThan(all);
    expect(await counted(page())).toBe(countBy("api:groups time>=cutoff"));
    await press("Escape");
    await expect.poll(() => grid(page()).evaluate((each) => each.contains(document.activeElement))).toBe(true);

    // a German keyboard: / is Shift and 7, = is Shift and 0
    await pressGerman("/", "Digit7");
    expect(await filterBar(page()).evaluate((each) => each === document.activeElement)).toBe(true);
    await press("End");
    await type(" oper");
    await page()
      .getByRole("option", { name: /^operation/u })
      .first()
      .waitFor();
    await press("ArrowDown", "Enter");
    expect(await text()).toBe("api:groups time>=cutoff operation:");
    await press("Escape", "Escape", "Escape");
    expect((await text()).trimEnd()).toBe("api:groups time>=cutoff");
    await press("/");
    await type("api:groups time>=cutoff");
    await press("Enter", "Escape");
  });

  it("walks the rows", async () => {
    const count = await counted(page());
    await press("Control+Home");
    await atRow(1);
    await press("ArrowDown", "j", "j", "k");
    await atRow(3);
    await press("Control+End");
    await atRow(count);
    await press("g", "g");
    await atRow(1);
    await press("Shift+G");
    await atRow(count);
    // a window made lower or taller keeps it in sight
    for (const height of [600, 900, 800]) {
      await page().setViewportSize({ width: 1280, height });
      await atRow(count);
      await expect.poll(isInSight).toBe(true);
    }
    await press(":");
    await dialog("Go to a row or a time");
    await type("5");
    await press("Enter");
    await page().getByRole("dialog").waitFor({ state: "detached" });
    await atRow(5);
    await press("Enter");
    await expect.poll(() => detail(page()).evaluate((each) => each.contains(document.activeElement))).toBe(true);
    await press("Escape");
    await atRow(5);
  });

  it("selects, tags, notes and undoes", async () => {
    const picked = (words: string) => page().getByRole("group", { name: "Count" }).getByText(words).waitFor();
    await press("Space");
    await picked("1 selected");
    await press("Shift+ArrowDown", "Shift+ArrowDown");
    await picked("3 selected");
    await press("t");
    await dialog("Tag");
    await type("Reviewed");
    await press("Enter");
    await said("Tagged 3 calls Reviewed.");
    await page().getByRole("dialog").waitFor({ state: "detached" });
    await press("1");
    await said("Took Reviewed off 3 calls.");
    await press("1");
    await said("Tagged 3 calls Reviewed.");
    await press("Control+z");
    await said(/^Undone/u);
    expect(countBy("tag:*")).toBe(0);
    await press("Control+y");
    await said(/^Redone/u);
    expect(countBy("tag:reviewed")).toBe(3);
    await press("Control+a");
    await picked(`${(await counted(page())).toLocaleString("en-US")} selected`);
    await press("Escape");
    await page()
      .getByText(/\d selected/u)
      .waitFor({ state: "detached" });
    await press("Control+Home", "m");
    await atRow(5);
    await press("n");
    await dialog("Note");
    await type("Ask for the contract.");
    await press("Control+Enter");
    await said("Noted on 1 call.");
  });

  it("narrows by the current cell and the current row", async () => {
    const before = await text();
    await press("Home", "ArrowRight", "ArrowRight");
    const name = (await focused()).trim();
    const term = /^[A-Za-z]+$/u.test(name) ? name : `"${name}"`;
    await press("o");
    await counted(page());
    expect(await text()).toBe(`${before} developer:${term}`);
    expect(await counted(page())).toBe(countBy(await text()));
    await press("=");
    await counted(page());
    expect(await text()).toBe(before);
    await pressGerman("=", "Digit0");
    await counted(page());
    expect(await text()).toMatch(/ developer:/u);
    await back(before);
    await press("-");
    await counted(page());
    expect(await text()).toMatch(/ -developer:/u);
    await back(before);
    await press("s", "d");
    await counted(page());
    expect(await text()).toMatch(/ developer:/u);
    await back(before);
    await press(".");
    await page().getByRole("menu", { name: "Row" }).waitFor();
    await press("Escape");
    await expect.poll(() => grid(page()).evaluate((each) => each.contains(document.activeElement))).toBe(true);
  });

  it("walks the regions, and chooses a range of time on the histogram", async () => {
    const seen = new Set<string>();
    for (let turn = 0; turn < 10; turn += 1) {
      await press("F6");
      seen.add(
        await page().evaluate(() => document.activeElement?.closest("[data-region]")?.getAttribute("aria-label") ?? ""),
      );
    }
    for (const name of ["Filter", "Controls", "Calls over time", "Facets", "Calls", "Detail"])
      expect(seen).toContain(name);
    for (let turn = 0; (await focused()) !== "From" && turn < 10; turn += 1) await press("F6");
    const before = await text();
    const count = await counted(page());
    await press("ArrowRight", "ArrowRight", "Enter");
    const narrower = await counted(page());
    expect(await text()).toMatch(/^api:groups time>=\S+ time<\S+$/u);
    expect(narrower).toBe(countBy(await text()));
    expect(await back(before)).toBe(count);
    await press("Control+b");
    await page().getByRole("navigation", { name: "Facets" }).waitFor({ state: "detached" });
    await press("Control+b", "Control+j");
    await detail(page()).waitFor({ state: "detached" });
    await press("Control+j");
    await detail(page()).waitFor();
  });

  it("saves the filter and exports the view", async () => {
    await press("Control+s");
    await dialog("Save this filter");
    await type("Since the cutoff");
    await press("Enter");
    await said("Saved the filter Since the cutoff.");
    const count = await counted(page());
    await saved(desk.place("calls.csv"));
    await press("Control+e");
    await dialog("Export this view");
    await tabTo(/^Export [\d,]+ calls$/u);
    await press("Enter");
    await said(/^Exported/u);
    expect(cellsOf(fs.readFileSync(desk.place("calls.csv"), "utf8"))).toHaveLength(count + 1);
  });

  it("decides a finding with c, d and x", async () => {
    await press("g", "d");
    await page().getByRole("grid").waitFor();
    await press("/");
    await press("Escape");
    for (let turn = 0; turn < 10; turn += 1) {
      if (
        await page()
          .getByRole("grid")
          .evaluate((each) => each.contains(document.activeElement))
      )
        break;
      await press("Tab");
    }
    for (const [key, verb, word] of [
      ["c", "Confirm", "confirmed"],
      ["d", "Dismiss", "dismissed"],
      ["x", "Dispute", "disputed"],
    ] as const) {
      await press(key);
      await dialog(`${verb} the finding`);
      await page().waitForFunction(() => document.activeElement?.matches("textarea"));
      await type(`Reason to ${verb.toLowerCase()}.`);
      await press("Control+Enter");
      await page()
        .getByRole("button", { name: new RegExp(`: ${word}$`, "u") })
        .first()
        .waitFor();
      await page().waitForFunction(() => document.activeElement?.closest('[role="grid"]') !== null);
    }
  });

  it("makes a bundle and verifies it", async () => {
    await saved(desk.place("groups.zip"));
    await press("Control+Shift+E");
    await heading("Bundle").waitFor();
    await page()
      .getByText(/left out:/u)
      .waitFor();
    await tabTo(/^Create bundle$/u);
    await press("Enter");
    await page()
      .getByText(/^INTACT, /u)
      .waitFor({ timeout: 120_000 });
    expect(exhibit("verify", desk.place("groups.zip")).code).toBe(0);
  });

  it("asks for help, keys and commands, and each gives the focus back", async () => {
    await press("g", "e");
    await counted(page());
    await press("Escape");
    for (const [key, name] of [
      ["?", "Keys"],
      ["F1", "Help"],
    ] as const) {
      await press(key);
      await dialog(name);
      await press("Escape");
      await page().getByRole("dialog").waitFor({ state: "detached" });
      await page().waitForFunction(() => document.activeElement?.closest('[role="grid"]') !== null);
    }
    await command("Since the cutoff");
    expect(await text()).toBe("api:groups time>=cutoff");
  });

  it("takes what a quick hand types before the palette is there", async () => {
    await page().evaluate(() => {
      const down = (key: string, ctrlKey = false) =>
        document.body.dispatchEvent(new KeyboardEvent("keydown", { key, ctrlKey, bubbles: true, cancelable: true }));
      down("k", true);
      for (const letter of "claims") down(letter);
      down("Enter");
    });
    await heading("Claims").waitFor();
  });

  it("never used the mouse", async () => {
    expect(await page().evaluate(() => "isPressed" in window)).toBe(false);
  });
});
