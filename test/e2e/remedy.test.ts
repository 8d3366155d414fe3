import fs from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import type { Remedy } from "../../shared/model/accountability/remedy.ts";
import { exhibit } from "../exhibit.ts";
import type { Launched } from "../host/launch.ts";
import { openDesk } from "./desk.ts";
import { filterBar } from "./explore.ts";

/** A certificate that the log contradicts: recorded, seen, followed to its call and taken back; by keys alone, and by mouse alone. */

const desk = openDesk("remedy");
const folder = desk.place("case");

let app: Launched;
const page = () => app.page;
const dialog = () => page().getByRole("dialog");
const card = (name: string) => page().locator(".remedy-card", { hasText: name });
const column = (name: string) => page().getByRole("list", { name: new RegExp(`^${name}, `, "u") });
const strip = (name: string) => page().getByRole("region", { name: `Steps of ${name}` });
const focused = () =>
  page().evaluate(() => (document.activeElement?.matches("button") ? document.activeElement.textContent : "") ?? "");
const entries = () =>
  exhibit("remedy", folder, "--json")
    .json<Remedy>()
    .rules.flatMap(({ developers }) => developers.flatMap((row) => row.entries));

beforeAll(async () => {
  const calls = ["a1", "a2", "a3"].map((app, index) => ({
    ...{ time: `2019-09-1${index}T12:00:00Z`, app, api: "groups", status: 200, fields: ["name"], subjects: ["u"] },
  }));
  fs.writeFileSync(desk.place("calls.jsonl"), calls.map((call) => JSON.stringify(call)).join("\n"));
  fs.writeFileSync(
    desk.place("apps.csv"),
    "app,developer_id,developer\na1,D1,Acme Social\na2,D2,Brisk Labs\na3,D3,Corvid\n",
  );
  fs.writeFileSync(
    desk.place("grants.csv"),
    "app,permission,granted_at,revoked_at\na1,p,2017-01-01,2019-08-01\na2,p,2017-01-01,\n",
  );
  const rule = { id: "r", title: "No names", effective_from: "2018-04-04", applies_to: { api: ["groups"] } };
  const rules = [{ ...rule, restricted_fields: ["name"], permission: "p" }];
  fs.writeFileSync(
    desk.place("policy.json"),
    JSON.stringify({ schema: "exhibit/policy@1", as_of: "2019-11-05", rules }),
  );
  fs.writeFileSync(
    desk.place("steps.csv"),
    "developer_id;step;on;due;ticket\nD3;revoked;2019-10-01;;T1\nD3;notified;;2019-10-05;T2\n",
  );
  fs.writeFileSync(desk.place("wrong.csv"), "developer_id,step,on\nD1,revoked,2019-08-01\nD999,revoked,2019-08-01\n");
  fs.writeFileSync(desk.place("certificate.txt"), "All is deleted.\n");
  exhibit("create", folder, "--title", "Remedy", "--examiner", "R. Vale <vale@example.org>");
  exhibit("import", folder, desk.place("calls.jsonl"));
  exhibit("registry", folder, desk.place("apps.csv"), desk.place("grants.csv"));
  exhibit("policy", folder, desk.place("policy.json"));
  app = await desk.start(folder);
  await page().getByRole("grid").first().waitFor();
}, 120_000);

describe("with keys alone", () => {
  it("records a step with r, and the log speaks against it at once", async () => {
    await page().keyboard.press("Control+6");
    await page().getByRole("group", { name: "Board" }).waitFor();
    expect(await column("Nothing yet").getByRole("button").count()).toBe(3);
    for (let stops = 0; stops < 60 && !(await focused()).includes("Brisk Labs"); stops += 1)
      await page().keyboard.press("Tab");
    expect(await focused()).toContain("Brisk Labs");
    expect(await focused()).toContain("still holds it");
    await page().keyboard.press("ArrowDown");
    expect(await focused()).toContain("Acme Social");
    await page().keyboard.press("r");
    await dialog().waitFor();
    await page().keyboard.press("Tab");
    await page().keyboard.press("End");
    await page().keyboard.press("Shift+Home");
    await page().keyboard.type("2019-08-01");
    await page().keyboard.press("Tab");
    await page().keyboard.type("platform");
    await page().keyboard.press("Control+Enter");
    await dialog().waitFor({ state: "detached" });
    await column("Revoked")
      .getByRole("button", { name: /Acme Social.*1 call after it/su })
      .waitFor();
    expect(entries()).toMatchObject([
      { step: "revoked", on: "2019-08-01", by: "platform", against: [{ kind: "calls", events: 1 }] },
    ]);
  });

  it("says what is wrong beside the field, and records nothing", async () => {
    await page().keyboard.press("r");
    await dialog().waitFor();
    await page().keyboard.press("Tab");
    await page().keyboard.press("End");
    await page().keyboard.press("Shift+Home");
    await page().keyboard.type("yesterday");
    await page().keyboard.press("Control+Enter");
    expect(await dialog().getByRole("alert").textContent()).toContain('on: "yesterday" is not a time');
    await page().keyboard.press("Escape");
    await dialog().waitFor({ state: "detached" });
    expect(entries()).toHaveLength(1);
  });

  it("takes it back with Shift+R and a reason, and it stays, struck through", async () => {
    await page().keyboard.press("Shift+R");
    await dialog().getByRole("textbox", { name: "Reason" }).waitFor();
    await page().keyboard.type("Another developer's");
    await page().keyboard.press("Control+Enter");
    await dialog().waitFor({ state: "detached" });
    await column("Nothing yet")
      .getByRole("button", { name: /Acme Social/u })
      .waitFor();
    await strip("Acme Social").getByText("entry 1 taken back: Another developer's").waitFor();
    expect(entries()).toMatchObject([{ n: 1, taken_back: "Another developer's" }]);
  });

  it("opens the page of the developer with p, and Back returns to it", async () => {
    await card("Acme Social").focus();
    await page().keyboard.press("p");
    await page().getByRole("heading", { level: 1, name: "Acme Social" }).waitFor();
    await page().keyboard.press("Alt+ArrowLeft");
    await strip("Acme Social").waitFor();
  });
});

describe("with the mouse alone", () => {
  it("takes steps from a table, and refuses a wrong one with its line", async () => {
    await app.answer("showOpenDialog", { canceled: false, filePaths: [desk.place("wrong.csv")] });
    await page().getByRole("button", { name: "Import steps" }).click();
    expect(await dialog().getByRole("alert").textContent()).toContain("wrong.csv line 3: D999 is no developer here");
    await dialog().getByRole("button", { name: "Cancel" }).click();
    await app.answer("showOpenDialog", { canceled: false, filePaths: [desk.place("steps.csv")] });
    await page().getByRole("button", { name: "Import steps" }).click();
    await dialog().getByText("Not used: ticket").waitFor();
    await dialog().getByRole("button", { name: "Record 2 steps" }).click();
    await column("Revoked")
      .getByRole("button", { name: /Corvid/u })
      .waitFor();
    await page().getByRole("button", { name: "1 step overdue" }).waitFor();
  });

  it("records a certificate with its file, and its contradiction leads to the call", async () => {
    await card("Acme Social").click();
    await strip("Acme Social").getByRole("button", { name: "Record a step" }).click();
    await dialog().getByRole("combobox", { name: "Step" }).selectOption("certified");
    await dialog().getByRole("textbox", { name: "On (UTC)" }).fill("2019-09-06");
    await app.answer("showOpenDialog", { canceled: false, filePaths: [desk.place("certificate.txt")] });
    await dialog().getByRole("button", { name: "Attach files" }).click();
    await dialog().getByText("certificate.txt").waitFor();
    await dialog().getByRole("button", { name: "Record", exact: true }).click();
    await dialog().waitFor({ state: "detached" });
    await strip("Acme Social").getByText("certificate.txt").waitFor();
    await page().getByRole("button", { name: "1 certified" }).waitFor();
    await strip("Acme Social").getByRole("button", { name: "Show the 1 call" }).last().click();
    await page().getByRole("grid").waitFor();
    const filter = await filterBar(page()).inputValue();
    expect(exhibit("query", folder, filter, "--count", "--json").json()).toMatchObject({ count: 1 });
  });

  it("says it in the fifth answer, by name, and each number narrows the board to its developers", async () => {
    await page()
      .getByRole("navigation", { name: "Screens" })
      .getByRole("button", { name: /Answer/u })
      .click();
    const answer = page().getByRole("region", { name: "Is it put right?" });
    await answer.getByText("1 still holds it").waitFor();
    await answer.getByRole("button", { name: "Brisk Labs" }).waitFor();
    await answer.getByRole("button", { name: "1 certified against the log" }).click();
    await page().getByRole("group", { name: "Board" }).waitFor();
    expect(await page().locator(".remedy-card").count()).toBe(1);
    expect(await page().locator(".remedy-card").textContent()).toContain("Acme Social");
    await page().getByRole("button", { name: "1 certified" }).click();
    await page().locator(".remedy-card").nth(2).waitFor();
    expect(await page().locator(".remedy-card").count()).toBe(3);
  });

  it("drafts a letter from the case, and says what stays open", async () => {
    await card("Acme Social").click();
    await page().getByRole("button", { name: "Draft letters" }).click();
    await dialog().getByRole("combobox", { name: "Letter" }).selectOption("notice");
    await dialog()
      .getByText(/places open: contact, country, authority/u)
      .waitFor();
    expect(await dialog().getByRole("region", { name: "Text" }).textContent()).toContain("To Acme Social");
    await dialog().getByRole("button", { name: "Copy the text" }).click();
    await dialog().getByRole("textbox", { name: "Sent on" }).fill("2019-11-06");
    await dialog().getByRole("button", { name: "Attach to its step" }).click();
    await dialog().waitFor({ state: "detached" });
    await strip("Acme Social").getByText("notice-001-D1.txt").waitFor();
  });

  it("shows all of it as a table", async () => {
    await page()
      .getByRole("button", { name: /^Table/u })
      .click();
    const rows = page().getByRole("grid", { name: "Remedy" }).getByRole("row");
    await rows.nth(3).waitFor();
    expect(await rows.count()).toBe(4);
    expect(await rows.filter({ hasText: "Corvid" }).textContent()).toContain("2019-10-01");
  });

  it("writes that table to a file", async () => {
    await app.answer("showSaveDialog", { canceled: false, filePath: desk.place("remedy.csv") });
    await page().getByRole("button", { name: "Export table" }).click();
    await page().getByText("Exported 3 developers: remedy.csv").waitFor();
    expect(fs.readFileSync(desk.place("remedy.csv"), "utf8")).toContain("D3,Corvid,");
  });

  it("says in the case bar that an import contradicts a step, and shows which", async () => {
    const late = {
      time: "2019-10-20T12:00:00Z",
      app: "a3",
      api: "groups",
      status: 200,
      fields: ["name"],
      subjects: ["v"],
    };
    fs.writeFileSync(desk.place("late.jsonl"), JSON.stringify(late));
    await page()
      .getByRole("navigation", { name: "Screens" })
      .getByRole("button", { name: /Sources/u })
      .click();
    await app.answer("showOpenDialog", { canceled: false, filePaths: [desk.place("late.jsonl")] });
    await page().getByRole("button", { name: "Import logs" }).first().click();
    await page().getByRole("button", { name: "Import 1 file" }).click();
    const bar = page().getByRole("banner", { name: "Case" });
    await bar.getByText(/^The import at \d\d:\d\d UTC contradicts 1 remedy step\.$/u).waitFor();
    await bar.getByRole("button", { name: "Show them" }).click();
    await page().getByRole("heading", { level: 1, name: "What changed" }).waitFor();
    await page().getByText("1 call after it").waitFor();
    const changed = page().getByRole("table", { name: "Findings that are otherwise" });
    expect(await changed.getByRole("row").filter({ hasText: "Corvid" }).textContent()).toContain("other numbers");
    await page().getByRole("listitem").getByRole("button", { name: "Corvid" }).click();
    await strip("Corvid").getByText("1 call after it").waitFor();
  });
});

it("what was done in the window is as its acts say", () => {
  expect(exhibit("verify", folder).code).toBe(0);
});
