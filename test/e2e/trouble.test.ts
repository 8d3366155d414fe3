import { createHash } from "node:crypto";
import fs from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { exhibit } from "../exhibit.ts";
import { type Launched, launch } from "../host/launch.ts";
import { built } from "./built.ts";
import { openDesk } from "./desk.ts";
import { counted } from "./explore.ts";

/** What goes wrong, as the window says it: a case that somebody else has, an import stopped half-way, files that are no logs. */

const desk = openDesk("trouble");
const folder = desk.place("case");
/** Of the command line alone. */
const undisturbed = desk.place("undisturbed");
const long = desk.place("long.csv");
const CALLS = 400_000;
let app: Launched;
const page = () => app.page;
const button = (name: string | RegExp) => page().getByRole("button", { name, exact: typeof name === "string" });
const choose = (files: string[]) => app.answer("showOpenDialog", { canceled: false, filePaths: files });

beforeAll(async () => {
  const lines = Array.from(
    { length: CALLS },
    (_, at) =>
      `${new Date(1.52e12 + at * 1000).toISOString()},app-${at % 7},groups,GET /{group-id}/members,200,10.0.0.${at % 250}`,
  );
  fs.writeFileSync(long, `time,app,api,operation,status,ip\n${lines.join("\n")}\n`);
  for (const place of [folder, undisturbed])
    exhibit("create", place, "--title", "Trouble", "--examiner", "R. Vale <vale@example.org>");
  app = await desk.start(folder);
  await page().getByRole("heading", { name: "Sources", level: 1 }).waitFor();
});

/** A digest of all rows as the command line writes them. */
const digestOf = (place: string) => {
  const file = `${place}.csv`;
  const columns = "time,app,api,operation,status,outcome,ip,line,offset,length";
  expect(exhibit("query", place, "*", "--format", "csv", "--columns", columns, "--out", file).code).toBe(0);
  return createHash("sha256").update(fs.readFileSync(file)).digest("hex");
};

describe("an import that is stopped", () => {
  it("pauses, keeps what is in out of every count, and resumes to the rows of an undisturbed one", async () => {
    await choose([long]);
    await page().keyboard.press("Control+i");
    // in the page itself: on a quick machine the whole import is over within a look from outside
    const paused = page().evaluate(
      () =>
        new Promise<void>((resolve) => {
          const watch = new MutationObserver(() => {
            const pause = [...document.querySelectorAll("button")].find(({ textContent }) => textContent === "Pause");
            if (!pause || !/, [1-9]\d\d,\d{3} calls/u.test(document.body.textContent ?? "")) return;
            watch.disconnect();
            pause.click();
            resolve();
          });
          watch.observe(document.body, { subtree: true, childList: true, characterData: true });
        }),
    );
    await button("Import 1 file").click();
    await paused;
    await page()
      .getByText(/^Paused at \d+ %/u)
      .waitFor();

    await page().keyboard.press("Control+1");
    await page()
      .getByRole("main")
      .getByText(/long\.csv/u)
      .first()
      .waitFor();
    expect(exhibit("info", folder, "--json").json()).toMatchObject({ events: 0, unfinished: ["long.csv"] });

    await page().keyboard.press("Alt+ArrowLeft");
    await button("Resume").click();
    await button("Show the source").waitFor({ timeout: 120_000 });
    await page().keyboard.press("Control+2");
    expect(await counted(page())).toBe(CALLS);

    exhibit("import", undisturbed, long);
    expect(digestOf(folder)).toBe(digestOf(undisturbed));
  });
});

describe("an import that fails", () => {
  const kinds: readonly [string, () => Buffer | undefined][] = [
    ["photo.png", () => Buffer.from("89504e470d0a1a0a0000000d4948445200000001", "hex")],
    ["empty.csv", () => Buffer.alloc(0)],
    ["gone.csv", () => undefined],
  ];
  it.each(kinds)("%s: says what the command says, beside the file", async (name, bytes) => {
    const file = desk.place(name);
    const content = bytes();
    if (content) fs.writeFileSync(file, content);
    const { code, err } = exhibit("import", undisturbed, file);
    expect(code).toBe(2);
    const sentence = err.split("\n").find((line) => line.startsWith("exhibit: ")) ?? "";

    await choose([file]);
    await page().keyboard.press("Control+i");
    const item = page().getByRole("list", { name: "Files" }).getByRole("listitem").filter({ hasText: name });
    const words = item.getByRole("alert").getByRole("paragraph");
    await words.nth(1).waitFor();
    expect(plain((await words.allTextContents()).join(" "))).toBe(plain(sentence.slice("exhibit: ".length)));
    expect(
      await button(/^Import/u)
        .last()
        .isDisabled(),
    ).toBe(true);
    await item.getByRole("button", { name: "Remove" }).click();
  });

  it("a mapping that names an unknown field: the command's sentence, beside the choice", async () => {
    const mapping = desk.place("wrong.json");
    fs.writeFileSync(
      mapping,
      JSON.stringify({ schema: "exhibit/mapping@1", name: "w", format: "csv", fields: { tiem: "time" } }),
    );
    const { err } = exhibit("import", undisturbed, long, "--mapping", mapping);
    const again = desk.place("again.csv");
    fs.writeFileSync(again, "time,app\n2019-01-01T00:00:00Z,1\n");
    await choose([again]);
    await page().keyboard.press("Control+i");
    await page().getByRole("region", { name: "Preview" }).waitFor();
    await choose([mapping]);
    await button("Choose a mapping").click();
    const words = page().getByRole("main").getByRole("alert").getByRole("paragraph");
    await words.nth(1).waitFor();
    expect(plain((await words.allTextContents()).join(" "))).toBe(plain(err.slice("exhibit: ".length)));
  });
});

describe("a case that is open already", () => {
  it("opens read-only in a second process, says so and why, and changes nothing there", async () => {
    const second = await launch({ main: built(), args: [folder] });
    try {
      const other = second.page;
      await other
        .getByRole("banner")
        .getByText(/Read-only: .*open in another window or command since \d{4}-\d\d-\d\d \d\d:\d\d UTC/u)
        .waitFor();
      await other.keyboard.press("Control+2");
      expect(await counted(other)).toBe(CALLS);
      for (const name of [/^Tag/u, /^Note/u]) {
        const act = other.getByRole("group", { name: "Count" }).getByRole("button", { name });
        expect([await act.isDisabled(), await act.getAttribute("title")]).toEqual([
          true,
          expect.stringContaining("Read-only"),
        ]);
      }
      await other.getByRole("grid", { name: "Calls" }).getByRole("row").nth(1).click();
      await other.keyboard.press("t");
      await other.getByRole("contentinfo").getByRole("status").filter({ hasText: "Read-only" }).waitFor();
      expect(await other.getByRole("dialog").count()).toBe(0);
      await other.keyboard.press("Control+1");
      expect(await other.getByRole("button", { name: "Import logs" }).isDisabled()).toBe(true);
    } finally {
      await second.close();
    }
  });

  it("comes to the front where the same person has it in another window", async () => {
    await app.app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById("window.new")?.click());
    const fresh = await app.app.waitForEvent("window");
    await fresh.getByRole("main").waitFor();
    await choose([folder]);
    await fresh.getByRole("button", { name: "Open", exact: true }).click();
    await fresh.waitForTimeout(300);
    expect(await fresh.getByRole("heading", { name: "Exhibit", level: 1 }).count()).toBe(1);
    await fresh.close();
  });
});

/** Words alone: how a sentence is set (its stops, its capitals) differs between a line and a panel. */
const plain = (sentence: string) =>
  sentence
    .toLowerCase()
    .replace(/[\s.:]+/gu, " ")
    .trim();
