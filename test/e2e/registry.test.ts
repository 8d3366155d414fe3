import fs from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { exhibit } from "../exhibit.ts";
import type { Launched } from "../host/launch.ts";
import { openDesk } from "./desk.ts";

/** A registry whose columns nobody has met: shown, mapped by hand by keyboard, and taken as `--columns` takes it. */

const desk = openDesk("registry");
const folder = desk.place("case");
const odd = desk.place("grants.csv");
const apps = desk.place("apps.csv");
const groups = desk.place("groups.csv");
const developers = desk.place("developers.csv");
const COLUMNS = 'granted_at="Live as of",revoked_at="Access offboarded"';

let app: Launched;
const page = () => app.page;
const dialog = () => page().getByRole("dialog", { name: "Import a registry" });
const select = (column: string) => dialog().getByRole("combobox", { name: `${column} is`, exact: true });
const add = () => dialog().getByRole("button", { name: "Add to the registry" });
const focused = () =>
  page().evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent);

async function choose(...filePaths: string[]): Promise<void> {
  await app.answer("showOpenDialog", { canceled: false, filePaths });
  await page().keyboard.press("Control+1");
  await page().getByRole("button", { name: "Import registry" }).click();
  await dialog().waitFor();
}

beforeAll(async () => {
  fs.writeFileSync(odd, "App ID;Scope;Live as of;Access offboarded;Colour\n1041;p;01.02.2017;13.05.2018;red\n");
  fs.writeFileSync(apps, "app,developer_id,owned_from\n1041,D1,05/06/2017\n");
  fs.writeFileSync(groups, "resource,people\ng1,30\n");
  fs.writeFileSync(developers, "developer_id,developer\nD1,Acme\nD2,Acme Ltd\n");
  const call = {
    time: "2018-05-10T12:00:00Z",
    app: "1041",
    api: "groups",
    resource: "g1",
    status: 200,
    fields: ["name"],
  };
  fs.writeFileSync(desk.place("calls.jsonl"), JSON.stringify({ ...call, subject_count: 40 }));
  const rule = { id: "r", effective_from: "2018-04-04", applies_to: { api: ["groups"] }, restricted_fields: ["name"] };
  fs.writeFileSync(
    desk.place("policy.json"),
    JSON.stringify({ schema: "exhibit/policy@1", as_of: "2019-01-01", rules: [rule] }),
  );
  exhibit("create", folder, "--title", "Registry", "--examiner", "R. Vale <vale@example.org>");
  exhibit("import", folder, desk.place("calls.jsonl"));
  exhibit("policy", folder, desk.place("policy.json"));
  app = await desk.start(folder);
});

describe("a registry in the window", () => {
  it("says what is recognised, what is not used, and what is open, each beside its column", async () => {
    await choose(odd);
    await dialog().getByText("grants.csv: grants").waitFor();
    const said = dialog().getByRole("alert");
    expect(await said.allTextContents()).toEqual([
      expect.stringMatching(
        /^grants\.csv has no column granted_at.*: choose which column it is, or below what the files are\.$/u,
      ),
      expect.stringMatching(
        /"Access offboarded" looks like an end and is not understood: choose what it is, leave it out/u,
      ),
    ]);
    expect(await select("Scope").locator("option:checked").textContent()).toBe("permission");
    expect(await select("Colour").locator("option:checked").textContent()).toBe("not used");
    expect(await add().isDisabled()).toBe(true);
  });

  it("is mapped by keyboard alone, from the first column that is open, and shows what it would do", async () => {
    expect(await focused()).toBe("Live as of is");
    await page().keyboard.type("granted");
    await expect.poll(() => dialog().getByRole("alert").count()).toBe(1);
    expect(await focused()).toBe("Live as of is");
    await page().keyboard.press("Tab");
    expect(await focused()).toBe("Access offboarded is");
    await page().keyboard.type("revoked");
    await dialog().getByText("1 row: 1 added, 0 changed, 0 same").waitFor();
    await dialog().getByText("Not used: Colour").waitFor();
    expect(await dialog().getByRole("alert").count()).toBe(0);
    const dry = exhibit("registry", folder, odd, "--columns", COLUMNS, "--dry-run", "--json").json<{
      files: { said: string[] }[];
    }>();
    for (const sentence of dry.files[0]?.said ?? []) await dialog().getByText(sentence).waitFor();
  });

  it("is taken as the command takes it", async () => {
    await add().focus();
    await page().keyboard.press("Enter");
    await dialog().waitFor({ state: "detached" });
    expect(exhibit("registry", folder, odd, "--columns", COLUMNS, "--dry-run", "--json").json()).toMatchObject({
      files: [{ tables: [{ kind: "grants", same: 1, added: 0, changed: 0 }] }],
    });
  });

  it("asks which number is the day beside the choice of it", async () => {
    await choose(apps);
    await dialog().getByRole("alert").filter({ hasText: "choose below which number is the day" }).waitFor();
    expect(await focused()).toBe("owned_from is");
    await dialog().getByLabel("Dates such as 04/05/2018").selectOption("mdy");
    await dialog().getByText("dates are month first, as --dates says").waitFor();
    await page().keyboard.press("Escape");
    await dialog().waitFor({ state: "detached" });
    expect(exhibit("registry", folder, "--json").json()).toMatchObject({ apps: 0 });
  });

  it("says before and after what it contradicts", async () => {
    await choose(groups);
    await dialog().getByText("resource g1 has 30 people, but a call returned 40").waitFor();
    await page().keyboard.press("Enter");
    await dialog().waitFor({ state: "detached" });
    await page().keyboard.press("Control+3");
    const said = page().getByRole("region", { name: "Contradictions" });
    await said.getByText("resource g1 holds 30 people by the registry, and one call returned 40.").waitFor();
  });

  it("joins two developers by keys alone, with a reason, and separates them again", async () => {
    await choose(developers);
    await dialog().getByText("2 rows: 2 added").waitFor();
    await page().keyboard.press("Enter");
    await dialog().waitFor({ state: "detached" });
    await page().keyboard.press("g");
    await page().keyboard.press("y");
    const rows = page().getByRole("grid", { name: "Developers" });
    await rows.getByRole("row").nth(2).waitFor();
    await rows.focus();
    for (const key of ["Home", "Space", "ArrowDown", "Space"]) await page().keyboard.press(key);
    await page().getByRole("button", { name: "Join as one" }).focus();
    await page().keyboard.press("Enter");
    const join = page().getByRole("dialog", { name: "Join two developers" });
    await join.getByText("What it would change").waitFor();
    await join.getByRole("textbox", { name: "Reason" }).focus();
    await page().keyboard.type("one company");
    await page().keyboard.press("Control+Enter");
    await join.waitFor({ state: "detached" });
    const joins = () => exhibit("registry", folder, "--json").json<{ joins?: object[] }>().joins;
    expect(joins()).toMatchObject([{ n: 1, developer_id: "D1", into: "D2", reason: "one company" }]);
    await page().getByRole("tab", { name: "Joined 1" }).click();
    await page().getByRole("button", { name: "Separate" }).click();
    await page().getByRole("dialog").getByRole("textbox", { name: "Reason" }).fill("two companies");
    await page().keyboard.press("Control+Enter");
    await page().getByText("Nobody is joined.").waitFor();
    expect(joins()).toBeUndefined();
    expect(exhibit("verify", folder).code).toBe(0);
  });
});
