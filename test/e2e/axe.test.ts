import fs from "node:fs";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import type { Launched } from "../host/launch.ts";
import { openIncident } from "../incident.ts";
import { openDesk } from "./desk.ts";
import { filterBar, filterBy, grid } from "./explore.ts";

/** What axe finds on every screen, menu and dialog, in both themes: nothing. */

const desk = openDesk("axe");
let app: Launched;
let folder: string;
const page = () => app.page;

beforeAll(async () => {
  const incident = await openIncident(2000, 1);
  folder = incident.engine.caseFile.folder;
  await incident.engine.ask("tag", { filter: "level:obtained", tag: "Got" });
  await incident.engine.ask("note", { filter: "level:obtained time:last60d", note: "See the letter." });
  await incident.engine.ask("saveFilter", { name: "Recent", filter: "time:last60d" });
  incident.engine.caseFile.close();
  fs.writeFileSync(desk.place("new.csv"), "time,app,api,status\n2019-01-01T00:00:00Z,1,groups,200\n");
  fs.writeFileSync(desk.place("photo.png"), Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"));
  app = await desk.start();
});

/** One sentence a finding, so that a failure says what to change. */
async function findings(page: Page, { within, rules }: { within?: string; rules?: string[] }): Promise<string[]> {
  // what is old is dimmed until the answer is there, and fades back
  await page.waitForFunction(
    () =>
      document.querySelector(".dimmed, [data-old]") === null &&
      document.getAnimations().every(({ playState }) => playState !== "running"),
  );
  // Half a megabyte, once a page.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  return page.evaluate(
    async ({ within, rules }) => {
      const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(within ?? document, {
        resultTypes: ["violations"],
        ...(rules && { runOnly: rules }),
      });
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(
          ({ target, failureSummary = "" }) =>
            `${id}: ${target.join(" ")}: ${failureSummary.split("\n").at(-1)?.trim()}`,
        ),
      );
    },
    { within, rules },
  );
}

const button = (name: string | RegExp) => page().getByRole("button", { name, exact: typeof name === "string" });
const heading = (name: string) => page().getByRole("heading", { name, level: 1, exact: true });
const press = (keys: string) => page().keyboard.press(keys);
const dialog = () => page().getByRole("dialog").waitFor();

interface Sight {
  readonly name: string;
  /** Where something opened over a screen that was looked at whole: the part that is new. */
  readonly within?: string;
  /** From where the one before left off. */
  show(): Promise<unknown>;
  leave?(): Promise<unknown>;
}

/** What lies over the screen. */
const ABOVE = ".bp6-portal";
const DETAIL = '[aria-label="Detail"]';
/** All that another theme changes. */
const COLOURS = ["color-contrast", "link-in-text-block"];

const close = () => press("Escape").then(() => page().getByRole("dialog").waitFor({ state: "detached" }));
const menu = (name: string) => async () => {
  await page().getByRole("main").getByRole("button", { name, exact: true }).first().click();
  await page().waitForTimeout(100);
};

const BEFORE: readonly Sight[] = [
  { name: "Start", show: () => heading("Exhibit").waitFor() },
  { name: "New case", show: () => button("New case").click(), leave: () => button("Cancel").click() },
  {
    name: "Verify",
    show: () =>
      button("Verify a bundle")
        .click()
        .then(() => heading("Verify a bundle").waitFor()),
  },
];

const EMPTY: readonly Sight[] = [
  {
    name: "Explore, empty",
    show: () =>
      press("Control+2").then(() =>
        page()
          .getByText(/^No calls yet/u)
          .waitFor(),
      ),
  },
  { name: "Sources, empty", show: () => press("Control+1").then(() => heading("Sources").waitFor()) },
  { name: "Answer, empty", show: () => press("Control+3").then(() => page().waitForTimeout(300)) },
];

const IN_CASE: readonly Sight[] = [
  {
    name: "Sources",
    show: () => press("Control+1").then(() => page().getByRole("grid", { name: "Sources" }).waitFor()),
  },
  {
    name: "One source",
    show: () =>
      button("1-gateway-2018.csv")
        .click()
        .then(() => page().getByText("Rejected lines").waitFor()),
    within: ABOVE,
    leave: close,
  },
  {
    name: "Import",
    async show() {
      await app.answer("showOpenDialog", {
        canceled: false,
        filePaths: [desk.place("new.csv"), desk.place("photo.png")],
      });
      await press("Control+i");
      await page().getByRole("region", { name: "Preview" }).waitFor();
      await page().getByRole("alert").first().waitFor();
    },
  },
  { name: "Explore", show: () => press("Control+2").then(() => filterBy(page(), "")) },
  {
    name: "A menu of values",
    show: () => page().getByRole("group", { name: "Controls" }).getByRole("button", { name: /^API/u }).click(),
    within: ABOVE,
    leave: close,
  },
  {
    name: "The calendar",
    show: () => page().getByRole("group", { name: "Controls" }).getByRole("button", { name: /^Date/u }).click(),
    within: ABOVE,
    leave: close,
  },
  { name: "Saved filters", show: menu("Saved"), within: ABOVE, leave: close },
  { name: "The bars as a table", show: menu("Table"), within: ABOVE, leave: close },
  { name: "Columns", show: menu("Columns"), within: ABOVE, leave: close },
  {
    name: "Rows selected",
    show: async () => {
      await grid(page()).getByRole("row").nth(2).click();
      await press("Space");
      await press("Shift+ArrowDown");
    },
  },
  {
    name: "The row menu",
    show: () => press(".").then(() => page().getByRole("menu", { name: "Row" }).waitFor()),
    within: ABOVE,
    leave: close,
  },
  { name: "Tag", show: () => press("t").then(dialog), within: ABOVE, leave: close },
  { name: "Note", show: () => press("n").then(dialog), within: ABOVE, leave: close },
  { name: "Go to", show: () => press(":").then(dialog), within: ABOVE, leave: close },
  { name: "Save filter", show: () => press("Control+s").then(dialog), within: ABOVE, leave: close },
  { name: "Export", show: () => press("Control+e").then(dialog), within: ABOVE, leave: close },
  { name: "Detail, line", within: DETAIL, show: () => page().getByRole("tab", { name: "Line" }).click() },
  { name: "Detail, nearby", within: DETAIL, show: () => page().getByRole("tab", { name: "Nearby" }).click() },
  {
    name: "Detail, notes",
    within: DETAIL,
    show: () =>
      page()
        .getByRole("tab", { name: /^Notes/u })
        .click(),
  },
  {
    name: "A mistake",
    show: async () => {
      await filterBy(page(), "level:obtained");
      await press("/");
      await page().keyboard.type("developper:x");
      await page().getByRole("alert").waitFor();
    },
  },
  {
    name: "Completions",
    async show() {
      await filterBar(page()).fill("outcome:");
      await page().getByRole("listbox", { name: "Completions" }).waitFor();
    },
  },
  {
    name: "No match",
    show: async () => {
      await filterBy(page(), "status:999");
      await page()
        .getByText(/^No call matches/u)
        .waitFor();
    },
  },
  {
    name: "Answer",
    show: () => press("Control+3").then(() => page().getByRole("region", { name: "Is it put right?" }).waitFor()),
  },
  { name: "Why not exact", show: () => button("Why not exact?").click() },
  { name: "Months as a table", show: () => button(/^Developers by month.*show the table$/u).click() },
  { name: "Other as-of dates as a table", show: () => button(/^As of other dates.*show the table$/u).click() },
  {
    name: "The list of people",
    show: () =>
      button("Show the list")
        .click()
        .then(() => page().getByRole("dialog").getByRole("listitem").first().waitFor()),
    within: ABOVE,
    leave: close,
  },
  { name: "Developers", show: () => press("Control+4").then(() => page().getByRole("grid").waitFor()) },
  {
    name: "A reason",
    show: async () => {
      await page().getByRole("grid").getByRole("row").nth(2).click();
      await press("c");
      await dialog();
    },
    within: ABOVE,
    leave: close,
  },
  {
    name: "One developer",
    show: async () => {
      await page().getByRole("grid").getByRole("row").nth(2).getByRole("button").first().click();
      await page().getByRole("region").first().waitFor();
    },
  },
  {
    name: "Its calls as a table",
    show: () =>
      button(/show the table$/u)
        .first()
        .click(),
  },
  {
    name: "Grants",
    show: async () => {
      await press("Control+3");
      await button("Show the grants").click();
      await page().getByRole("region", { name: "Grants held" }).getByRole("row").nth(2).waitFor();
    },
  },
  {
    name: "Developers side by side",
    show: async () => {
      // the grants are the same screen's list
      await press("Control+3");
      await press("Control+4");
      await page().getByRole("radio", { name: "Lanes" }).click();
      await page().getByRole("grid", { name: "Developers side by side" }).waitFor();
    },
    leave: () => page().getByRole("radio", { name: "Table" }).click(),
  },
  {
    name: "Policy",
    show: async () => {
      await press("g");
      await press("p");
      await page().getByRole("table", { name: "What it would change" }).waitFor();
    },
  },
  {
    name: "Registry",
    show: async () => {
      await press("g");
      await press("y");
      await page().getByRole("grid", { name: "Developers" }).waitFor();
    },
  },
  {
    name: "Conflicts",
    show: () =>
      page()
        .getByRole("tab", { name: /^Conflicts/u })
        .click(),
  },
  { name: "Claims", show: () => press("Control+5").then(() => page().getByRole("article").waitFor()) },
  { name: "Remedy", show: () => press("Control+6").then(() => heading("Remedy").waitFor()) },
  {
    name: "Coverage",
    show: () =>
      press("Control+7").then(() =>
        page().getByRole("region", { name: "Gaps" }).getByRole("listitem").first().waitFor(),
      ),
  },
  { name: "Coverage as a table", show: () => button(/show the table$/u).click() },
  {
    name: "Bundle",
    show: () =>
      press("Control+8").then(() =>
        page()
          .getByText(/left out:/u)
          .waitFor(),
      ),
  },
  {
    name: "What changed",
    show: async () => {
      await press("Control+9");
      await button("What changed").click();
      await page().getByRole("heading", { name: "What changed" }).waitFor();
      await page().getByRole("combobox", { name: "The case before" }).waitFor();
    },
  },
  {
    name: "Custody",
    show: () => press("Control+9").then(() => page().getByRole("grid", { name: "Custody" }).waitFor()),
  },
  {
    name: "An entry",
    show: async () => {
      await page().getByRole("grid", { name: "Custody" }).getByRole("row").nth(1).click();
      await press("Enter");
      await page()
        .getByRole("region", { name: /^Entry/u })
        .waitFor();
    },
  },
  { name: "Settings", show: () => press("Control+,").then(() => heading("Settings").waitFor()) },
  {
    name: "Palette",
    show: async () => {
      await press("Control+k");
      await page().getByRole("textbox", { name: "Command" }).waitFor();
      await page().keyboard.type("go");
    },
    within: ABOVE,
    leave: () => close().then(() => page().getByRole("textbox", { name: "Command" }).waitFor({ state: "detached" })),
  },
  { name: "Keys", show: () => press("?").then(dialog), within: ABOVE, leave: close },
  { name: "Help", show: () => press("F1").then(dialog), within: ABOVE, leave: close },
];

describe.each(["light", "dark"] as const)("axe in the %s theme", (theme) => {
  const look = (sights: readonly Sight[]) => async () => {
    const found: string[] = [];
    for (const { name, show, leave, within } of sights) {
      await show().catch((error: unknown) => {
        throw new Error(`${name} did not show; found so far:\n${found.join("\n")}`, { cause: error });
      });
      for (const each of await findings(page(), {
        ...(within ? { within } : {}),
        ...(theme === "dark" ? { rules: COLOURS } : {}),
      }))
        found.push(`${name}: ${each}`);
      await leave?.();
    }
    expect(found).toEqual([]);
  };
  beforeAll(async () => {
    await page().evaluate((theme) => window.exhibit.desktop("t", "changeSettings", { theme }), theme);
  });
  it("without a case", look(BEFORE));
  it("in an empty case", async () => {
    await app.answer("showSaveDialog", { canceled: false, filePath: desk.place(`empty ${theme}`) });
    const input = { title: "Empty", examiner: "R. Vale <vale@example.org>" };
    await page().evaluate((input) => window.exhibit.desktop("t", "createCase", input), input);
    await look(EMPTY)();
  });
  it("in a case with everything", async () => {
    await app.answer("showOpenDialog", { canceled: false, filePaths: [folder] });
    await page().evaluate(() => window.exhibit.desktop("t", "openCase", {}));
    await page().getByRole("banner").getByText("Groups API 2018").waitFor();
    await look(IN_CASE)();
    await page().evaluate(() => window.exhibit.desktop("t", "closeCase", {}));
    await heading("Exhibit").waitFor();
  });
});
