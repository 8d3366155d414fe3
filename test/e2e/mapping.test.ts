import fs from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { exhibit } from "../exhibit.ts";
import type { Launched } from "../host/launch.ts";
import { openDesk } from "./desk.ts";

/** Exports that nobody has met: mapped by hand in the window, and known the next time. */

const desk = openDesk("mapping");
const folder = desk.place("case");
const odd = desk.place("monday.txt");
const next = desk.place("tuesday.txt");
const calls = desk.place("calls.csv");
const LINES = [
  "#1 | caller=orbit | 1522837815 | GET /circles/7/members | ok",
  "#2 | caller=lumen | 1524565816 | GET /circles/8/members | ok",
];
const PATTERN = String.raw`^#\d+ \| caller=(?<who>\S+) \| (?<time>[^|]+) \| (?<method>\S+) (?<path>\S+) \| (?<how>\S+)$`;

let app: Launched;
const page = () => app.page;
const open = (files: string[]) => app.answer("showOpenDialog", { canceled: false, filePaths: files });
const from = (field: string) => page().getByRole("combobox", { name: `${field} from` });
const preview = () => page().getByRole("region", { name: "Preview" });
const button = (name: string) => page().getByRole("button", { name, exact: true });

beforeAll(async () => {
  fs.writeFileSync(odd, `${LINES.join("\n")}\n`);
  fs.writeFileSync(
    next,
    `${LINES.join("\n").replace("1522837815", "1554373815").replace("1524565816", "1556101816")}\n`,
  );
  fs.writeFileSync(calls, "time,caller,route\n2018-04-04T10:00:00Z,a,/1\nnever,b,/2\n");
  exhibit("create", folder, "--title", "Mapping", "--examiner", "R. Vale <vale@example.org>");
  app = await desk.start(folder);
});

async function choose(...files: string[]): Promise<void> {
  await page().keyboard.press("Control+1");
  await open(files);
  await button("Import logs").first().click();
}

describe("the mapping screen", () => {
  it("shows the records that would be rejected among the others, and why", async () => {
    await choose(calls);
    await preview().getByText('Rejected: not a time that can be read: "never"').waitFor();
    expect(await preview().getByRole("row").count()).toBe(3);
  });

  it("changes a field's source by picking it, and the preview at once", async () => {
    expect(await from("app").inputValue()).toBe("");
    await from("app").fill("caller");
    await from("app").press("Enter");
    await preview().getByRole("row").nth(1).getByText("app").waitFor();
    await from("path").fill("route");
    await from("path").press("Enter");
    await preview().getByRole("row").nth(1).getByText("/1").last().waitFor();
    await from("app").fill("");
    await from("app").press("Enter");
    await preview().getByRole("row").nth(1).getByText("app").waitFor({ state: "detached" });
    await button("Remove").click();
  });

  it("shows the first lines of a file that nothing reads, and takes a pattern for it", async () => {
    await choose(odd);
    const lines = page().getByRole("region", { name: "First lines" });
    await lines.getByText(LINES[0] as string).waitFor();
    await page().getByLabel("Format").selectOption("regex");
    await page().getByLabel("Pattern").fill(PATTERN.slice(0, -2));
    await page().getByLabel("Pattern").press("Enter");
    await page().getByRole("alert").filter({ hasText: "pattern" }).waitFor();
    await page().getByLabel("Pattern").fill(PATTERN);
    await page().getByLabel("Pattern").press("Enter");
    const caught = page().getByRole("region", { name: "What the patterns catch" }).getByRole("row").nth(1);
    await caught.getByText("2 of 2").waitFor();
    await caught.getByText("who=orbit").waitFor();
    await from("app").fill("who");
    await from("app").press("Enter");
    await preview().getByText("orbit").last().waitFor();
  });

  it("imports what the preview showed, and keeps the mapping for the next file of its kind", async () => {
    await page().getByLabel("Mapping", { exact: true }).fill("orbit desk");
    await button("Save for next time").click();
    await page().getByRole("status").filter({ hasText: "Saved the mapping orbit desk" }).waitFor();
    await button("Import 1 file").click();
    await button("Show the source").waitFor();
    await choose(next);
    await preview().getByText("lumen").last().waitFor();
    await button("Import 1 file").click();
    await button("Show the source").nth(1).waitFor();
    const { events } = exhibit("query", folder, "*", "--json").json<{ events: { time: string; app: string }[] }>();
    expect(events.map(({ time, app: id }) => [time, id])).toEqual([
      ["2018-04-04T10:30:15Z", "orbit"],
      ["2018-04-24T10:30:16Z", "lumen"],
      ["2019-04-04T10:30:15Z", "orbit"],
      ["2019-04-24T10:30:16Z", "lumen"],
    ]);
  });

  it("gives the mapping away as a file that the command takes", async () => {
    const file = desk.place("orbit.json");
    await choose(next);
    await page().getByLabel("Format").selectOption({ label: "orbit desk" });
    await preview().getByText("lumen").last().waitFor();
    await app.answer("showSaveDialog", { canceled: false, filePath: file });
    await button("Export mapping").click();
    await page().getByRole("status").filter({ hasText: "Exported the mapping" }).waitFor();
    const other = desk.place("other");
    exhibit("create", other, "--title", "Other", "--examiner", "R. Vale <vale@example.org>");
    const imported = exhibit("import", other, odd, "--mapping", file, "--json").json<{
      sources: { events: number }[];
    }>();
    expect(imported.sources[0]?.events).toBe(2);
  });
});
