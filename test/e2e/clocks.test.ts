import fs from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import type { ClocksReport } from "../../shared/model/accountability/due-clock.ts";
import { exhibit } from "../exhibit.ts";
import type { Launched } from "../host/launch.ts";
import { openDesk } from "./desk.ts";

/** A regime taken, its fact set, what it asks for followed to its rows, and met; and what would move the numbers. */

const desk = openDesk("clocks");
const folder = desk.place("case");

let app: Launched;
const page = () => app.page;
const dialog = () => page().getByRole("dialog");
const report = () => exhibit("clocks", folder, "--json").json<ClocksReport>();

async function show(): Promise<void> {
  await page().keyboard.press("Control+3");
  await page().getByRole("heading", { name: "Answer", exact: true, level: 1 }).waitFor();
  await page().keyboard.press("g");
  await page().keyboard.press("k");
  await page().getByRole("heading", { name: "Clocks", exact: true, level: 1 }).waitFor();
}

beforeAll(async () => {
  const call = { api: "groups", status: 200, fields: ["name"] };
  const calls = [
    { ...call, time: "2018-04-04 12:00:00", app: "a1", subjects: ["u1"] },
    { ...call, time: "2018-06-01 12:00:00", app: "a2", subjects: ["u2", "u3"] },
  ];
  fs.writeFileSync(desk.place("calls.jsonl"), calls.map((each) => JSON.stringify(each)).join("\n"));
  const rule = { id: "r", title: "No names", effective_from: "2018-04-04", applies_to: { api: ["groups"] } };
  const rules = [{ ...rule, restricted_fields: ["name"], permission: "p" }];
  fs.writeFileSync(
    desk.place("policy.json"),
    JSON.stringify({ schema: "exhibit/policy@1", as_of: "2019-11-05", rules }),
  );
  exhibit("create", folder, "--title", "Clocks", "--examiner", "R. Vale <vale@example.org>");
  exhibit("import", folder, desk.place("calls.jsonl"), "--timezone", "Europe/Berlin");
  exhibit("policy", folder, desk.place("policy.json"));
  app = await desk.start(folder);
}, 120_000);

describe("clocks", () => {
  it("g k leads there; a regime is added, with what of it is unconfirmed", async () => {
    await show();
    await page().getByRole("button", { name: "Add a regime" }).first().click();
    await dialog().getByText("Unconfirmed:").first().waitFor();
    await dialog().getByRole("checkbox", { name: "gdpr" }).check({ force: true });
    await dialog().getByRole("button", { name: "Add 1 regime" }).click();
    await dialog().waitFor({ state: "detached" });
    expect(report().clocks.map(({ id, state }) => [id, state])).toEqual([
      ["gdpr-33", "not-started"],
      ["gdpr-34", "not-started"],
    ]);
  });

  it("a clock without its fact says which; the fact takes a time, a zone and a reason", async () => {
    await show();
    await page().getByRole("button", { name: "Set aware" }).click();
    await dialog().getByLabel("Day or time").fill("2019-11-05 10:00");
    await dialog().getByLabel("Zone").fill("+01:00");
    await dialog().getByLabel("Reason").fill("The ticket");
    await page().keyboard.press("Control+Enter");
    await dialog().waitFor({ state: "detached" });
    expect(report().facts).toEqual({ aware: "2019-11-05T09:00:00Z" });
    await page().getByText("overdue").first().waitFor();
    await page().getByText("2019-11-08 09:00:00 UTC").first().waitFor();
  });

  it("what the case fills in opens its rows", async () => {
    await page()
      .getByRole("row", { name: /approximate number of data subjects/u })
      .getByText("3")
      .waitFor();
    await page()
      .getByRole("row", { name: /approximate number of data subjects/u })
      .getByRole("button")
      .click();
    await page()
      .getByText(/^2 of 2 calls|^2 calls/u)
      .first()
      .waitFor();
    await page().keyboard.press("Alt+ArrowLeft");
    await page().getByRole("button", { name: "Done" }).waitFor();
  });

  it("done says when, and the clock is met; a wrong day is said beside it", async () => {
    await page().getByRole("button", { name: "Done" }).click();
    await dialog().getByLabel("On").fill("soon");
    await page().keyboard.press("Enter");
    await dialog()
      .getByText(/is not a time/u)
      .waitFor();
    await dialog().getByLabel("On").fill("2019-11-07");
    await page().keyboard.press("Enter");
    await dialog().waitFor({ state: "detached" });
    expect(report().clocks[0]).toMatchObject({ state: "done", done_on: "2019-11-07" });
  });
});

describe("how firm the numbers are", () => {
  it("Answer says what a day would change, and which calls hang on a zone", async () => {
    await page().keyboard.press("Control+3");
    const firm = page().getByRole("region", { name: "How firm are these numbers?" });
    await firm.getByText("a day later: 1 instead of 2 got data").waitFor();
    await firm.locator("summary").click();
    await firm.getByRole("button", { name: "1 call of 1 developer" }).waitFor();
  });

  it("the source says so under its zone, and the number opens the call", async () => {
    await page().getByRole("region", { name: "How firm" }).getByRole("button", { name: "source 1" }).click();
    await page().getByRole("button", { name: "1 call of 1 developer" }).first().click();
    await page()
      .getByText(/^1 of 2 calls|^1 call/u)
      .first()
      .waitFor();
  });
});
