import fs from "node:fs";
import type { Locator } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { writeSample } from "../../main/sample/write-sample.ts";
import type { People } from "../../shared/model/finding.ts";
import { exhibit } from "../exhibit.ts";
import type { Launched } from "../host/launch.ts";
import { openDesk } from "./desk.ts";
import { counted, filterBy } from "./explore.ts";

/** Logs and no policy: what the window answers, how a policy is written in it, and what is decided then and taken back. */

const desk = openDesk("accountability");
const incident = (...names: string[]) => desk.place("incident", ...names);
const folder = desk.place("case");
let app: Launched;
const page = () => app.page;
const main = () => page().getByRole("main");
const press = async (...keys: string[]) => {
  for (const each of keys) await page().keyboard.press(each);
};
const button = (name: string | RegExp) => main().getByRole("button", { name, exact: typeof name === "string" });
const field = (name: string) => main().getByRole("textbox", { name, exact: true });
const heading = (name: string) => page().getByRole("heading", { name, level: 1, exact: true });
const said = (words: string | RegExp) =>
  page().getByRole("contentinfo").getByRole("status").filter({ hasText: words }).waitFor();
const dialog = (name: string) => page().getByRole("dialog", { name, exact: true });
const change = () => main().getByRole("table", { name: "What it would change" });
const alerts = () => main().getByRole("alert").allTextContents();
const numbersIn = (text: string) =>
  [...text.matchAll(/\d[\d,]*/gu)].map(([digits]) => Number(digits.replaceAll(",", "")));
/** What has the focus, as a screen reader says it. */
const focused = () =>
  page().evaluate(() =>
    (document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent ?? "").trim(),
  );
const tabTo = async (name: RegExp, key = "Tab") => {
  for (let turn = 0; turn < 80; turn += 1) {
    if (name.test(await focused())) return;
    await press(key);
  }
  throw new Error(`${key} never reached ${name}`);
};

/** Every number on the screen that opens rows: its filter matches just as many calls, or people. @returns how many there were */
async function checkNumbers(): Promise<number> {
  const found = await main()
    .getByRole("button", { name: /\d/u })
    .evaluateAll((all) =>
      all.flatMap((each) => {
        const title = each.getAttribute("title") ?? "";
        const filter = /Show the rows: (.*)$/u.exec(title)?.[1];
        return filter === undefined
          ? []
          : [{ words: each.textContent ?? "", filter: filter === "every call" ? "" : filter }];
      }),
    );
  for (const { words, filter } of found) {
    const { count, people } = await page().evaluate(async (filter) => {
      const [calls, known] = await Promise.all([
        window.exhibit.ask("q", "query", { filter }),
        window.exhibit.ask("p", "people", { filter }),
      ]);
      return { count: "reply" in calls ? calls.reply.count : -1, people: "reply" in known ? known.reply.people : null };
    }, filter);
    const [wanted, most] = numbersIn(words);
    const { value, at_most } = (people ?? { value: -1 }) as People & { at_most?: number };
    // a number of people says so, or is none of calls
    if (count !== wanted) expect([wanted, most], `${words}: ${filter}`).toEqual([value, at_most]);
  }
  return found.length;
}

beforeAll(async () => {
  await writeSample(incident(), { rows: 3000, seed: 3 });
  exhibit("create", folder, "--title", "Own logs", "--examiner", "R. Vale <vale@example.org>");
  exhibit("import", folder, incident("exports/1-gateway-2018.csv"), incident("exports/1-gateway-2019.csv"));
  exhibit("registry", folder, ...fs.readdirSync(incident("registry")).map((name) => incident("registry", name)));
  app = await desk.start(folder);
  await page().getByRole("banner").getByText("Own logs").waitFor();
});

describe("without a policy", () => {
  it("Answer says what is missing, and what the logs hold; behind each number are just so many rows", async () => {
    await press("Control+3");
    await main().getByText("No policy yet: what each developer did stands here").waitFor();
    await main().getByRole("region", { name: "What did they get?" }).getByRole("button").nth(2).waitFor();
    await main().getByText("counting").first().waitFor({ state: "detached" });
    expect(await checkNumbers()).toBeGreaterThan(20);
    const used = main()
      .getByRole("region", { name: "Who used it?" })
      .getByRole("button", { name: /^[\d,]+$/u });
    for (const at of [0, 1]) {
      const [wanted] = numbersIn((await used.nth(at).textContent()) ?? "");
      await used.nth(at).click();
      await heading("Developers").waitFor();
      expect(Number(await main().getByRole("grid").getAttribute("aria-rowcount")) - 1).toBe(wanted);
      await press("Alt+ArrowLeft");
      await used.first().waitFor();
    }
  });

  it("Developers lists everybody, finds, sorts, and opens a page each with its timeline", async () => {
    await press("Control+4");
    const grid = main().getByRole("grid");
    await grid.waitFor();
    const all = Number(await grid.getAttribute("aria-rowcount")) - 1;
    const name = (await grid.getByRole("row").nth(3).getByRole("button").first().textContent()) ?? "";
    await main().getByRole("searchbox", { name: "Find developers" }).fill(name);
    await expect.poll(async () => Number(await grid.getAttribute("aria-rowcount")) - 1).toBeLessThan(all);
    await main().getByRole("button", { name, exact: true }).first().click();
    await heading(name).waitFor();
    await main().getByText("No rule yet: nothing here is judged.").waitFor();
    await main()
      .getByRole("region", { name: /^Operations/u })
      .getByRole("button")
      .first()
      .waitFor();
    await main().getByText("counting").first().waitFor({ state: "detached" });
    expect(await checkNumbers()).toBeGreaterThan(5);
    // a bar says its numbers by key, and Enter opens its calls
    const axis = main().getByRole("slider", { name: "Calls by day" });
    await axis.focus();
    await press("Home");
    const [calls = ""] =
      /\d+ (?:allowed|denied|failed|of unknown)/u.exec((await axis.getAttribute("aria-valuetext")) ?? "") ?? [];
    await press("Enter");
    expect(await counted(page())).toBeGreaterThanOrEqual(numbersIn(calls)[0] ?? 1);
    await press("Alt+ArrowLeft");
    await heading(name).waitFor();
  });

  it("lists them side by side, a month's number under the arrows", async () => {
    await press("Control+4");
    await main().getByText("Lanes").click();
    const lanes = main().getByRole("grid", { name: "Developers side by side" });
    await lanes.focus();
    await press("ArrowDown", "ArrowRight");
    const words = main()
      .getByRole("status")
      .filter({ hasText: /2018-\d\d: / });
    await words.waitFor();
    await expect
      .poll(async () => {
        if (await words.getByRole("button").count()) return true;
        await press("ArrowRight");
        return false;
      })
      .toBe(true);
    const [wanted] = numbersIn((await words.getByRole("button").textContent()) ?? "");
    await words.getByRole("button").click();
    expect(await counted(page())).toBe(wanted);
    await press("Control+4");
    await main().getByText("Table").click();
  });
});

describe("a policy, with the mouse", () => {
  it("begins from a template that the logs fill, each line's number opening its calls", async () => {
    await press("Control+3");
    await button("Start a policy").click();
    await heading("Policy").waitFor();
    await button("member names and pictures").click();
    await main()
      .getByText(/^From the logs: groups, \d+ of \d+ operations, name and picture/u)
      .waitFor();
    await change().waitFor();
    await main().getByRole("region", { name: "Rule" }).getByText("counting").first().waitFor({ state: "detached" });
    expect(await checkNumbers()).toBeGreaterThan(6);
    const last = main()
      .getByRole("region", { name: "Rule" })
      .getByRole("button", { name: /^Show the [\d,]+ calls$/u });
    const [wanted] = numbersIn((await last.textContent()) ?? "");
    await last.click();
    expect(await counted(page())).toBe(wanted);
    await page().getByRole("banner").getByRole("button", { name: "Policy: changed, not set" }).click();
    await heading("Policy").waitFor();
  });

  it("says what is wrong beside its field, and sets nothing", async () => {
    const from = await field("In force from").inputValue();
    const { entries } = exhibit("custody", folder, "--json").json<{ entries: number }>();
    const wrong = async (name: string, value: string, sentence: string | RegExp) => {
      const before = await field(name).inputValue();
      await field(name).fill(value);
      await main().getByRole("alert").filter({ hasText: sentence }).first().waitFor();
      expect(await button("Set policy").isDisabled()).toBe(true);
      await field(name).fill(before);
    };
    await wrong("In force from", "", "A rule needs a day from which it is in force.");
    await wrong("In force from", "2018-02-30", '"2018-02-30" is no day');
    await wrong("Days of grace", "some", "Grace is a whole number of days.");
    await wrong("Recent days", "0", "Recent is a whole number of days, at least 1.");
    await wrong("As of", "tomorrow", '"tomorrow" is no day');
    await wrong("Also only", "tag:x", '"tag:" cannot stand in a rule: tags change.');
    await wrong("Also only", "developper:x", /developper/u);
    await wrong("Id", "a b", "An id holds letters");
    await main().getByRole("combobox", { name: "API", exact: true }).fill("gruops");
    await press("Enter");
    await main().getByText('"gruops" is no API in these logs. Did you mean groups?').first().waitFor();
    await main().getByRole("button", { name: "Remove gruops" }).click();
    // What was worked out of a draft before this one stands until this one is.
    await expect.poll(alerts).toEqual([]);
    expect(await field("In force from").inputValue()).toBe(from);
    expect(exhibit("custody", folder, "--json").json<{ entries: number }>().entries).toBe(entries);
  });

  it("asked for right behind the last key, waits for the numbers of what is written", async () => {
    const gotIn = async (row: Locator) => numbersIn((await row.getByRole("cell").nth(1).textContent()) ?? "").at(-1);
    const before = await gotIn(change().getByRole("row").filter({ hasText: "Got data" }).first());
    const grace = await field("Days of grace").inputValue();
    await field("Days of grace").fill("580");
    await press("Control+Enter");
    const after = await gotIn(dialog("Set the policy").getByRole("row").nth(1));
    expect(after).toBeLessThan(before as number);
    expect(after).toBe(await gotIn(change().getByRole("row").filter({ hasText: "Got data" }).first()));
    await dialog("Set the policy").getByRole("button", { name: "Cancel" }).click();
    await field("Days of grace").fill(grace);
    await expect.poll(() => gotIn(change().getByRole("row").filter({ hasText: "Got data" }).first())).toBe(before);
  });

  it("is set with its numbers repeated, and Answer has them", async () => {
    const row = change().getByRole("row").filter({ hasText: "Got data" }).first();
    const [got] = numbersIn((await row.getByRole("cell").nth(1).textContent()) ?? "");
    await button("Set policy").click();
    await dialog("Set the policy").getByRole("textbox", { name: "Note" }).fill("The day of the announcement.");
    await dialog("Set the policy").getByRole("button", { name: "Set policy" }).click();
    await said("Policy in force: 1 rule.");
    await press("Control+3");
    const used = main().getByRole("region", { name: "Who used it?" });
    await used.waitFor();
    expect(numbersIn((await used.getByRole("paragraph").textContent()) ?? "")[0]).toBe(got);
  });

  it("takes a filter of Explore as a rule: what a rule can hold into its lines, the rest into one filter", async () => {
    await press("Control+2");
    await filterBy(page(), "api:groups fields:(name or picture) time>=2018-06-01 outcome:allowed status:200 tag:x");
    await press("Escape", "g", "p");
    await heading("Policy").waitFor();
    await button("from the filter in Explore").click();
    await main().getByText('"tag:x" cannot stand in a rule: tags change.').waitFor();
    await main().getByText('"outcome:allowed" is left out').waitFor();
    expect(await field("In force from").inputValue()).toBe("2018-06-01");
    expect(await field("Also only").inputValue()).toBe("status:200");
    await main().getByRole("list", { name: "Restricted fields, chosen" }).getByText("picture").waitFor();
    await button("Discard").click();
    await main().getByText("changed, not set").waitFor({ state: "detached" });
  });
});

describe("a policy, by keyboard alone", () => {
  it("is written, compared and set", async () => {
    await press("g", "p");
    await heading("Policy").waitFor();
    await press("F6");
    await tabTo(/^an empty one$/u);
    await press("Enter");
    await tabTo(/^Title$/u);
    await page().keyboard.type("No feeds");
    await tabTo(/^API$/u);
    await page().keyboard.type("gro");
    await press("ArrowDown", "Enter");
    await main().getByRole("list", { name: "API, chosen" }).getByText("groups").waitFor();
    await tabTo(/^In force from$/u);
    await page().keyboard.type("2019-01-01");
    await change().waitFor();
    await expect.poll(() => button("Set policy").isEnabled()).toBe(true);
    await press("Control+Enter");
    await dialog("Set the policy").waitFor();
    await press("Control+Enter");
    await said("Policy in force: 2 rules.");
    const { rules } = exhibit("findings", folder, "--json").json<{ rules: { rule: string }[] }>();
    expect(rules).toHaveLength(2);
  });
});

describe("with a policy", () => {
  it("every number of Developers and of a developer's page opens just so many rows", async () => {
    await press("Control+4");
    await main().getByRole("grid").getByRole("row").nth(2).waitFor();
    expect(await checkNumbers()).toBeGreaterThan(20);
    await main().getByRole("grid").getByRole("row").nth(1).getByRole("button").first().click();
    const why = main().getByRole("region", { name: "Why" });
    await why.getByRole("button").first().waitFor();
    expect(await checkNumbers()).toBeGreaterThan(4);
    const [wanted] = numbersIn((await why.getByRole("button").first().textContent()) ?? "");
    await why.getByRole("button").first().click();
    expect(await counted(page())).toBe(wanted);
  });

  it("who has no finding is in a list and in the palette too", async () => {
    await press("Control+4");
    const list = main().getByRole("combobox", { name: "List" });
    const findings = Number(await main().getByRole("grid").getAttribute("aria-rowcount")) - 1;
    await list.selectOption({ label: "Everyone, with or without a finding" });
    await expect
      .poll(async () => Number(await main().getByRole("grid").getAttribute("aria-rowcount")) - 1)
      .toBeGreaterThan(findings);
    await list.selectOption({ index: 0 });
  });
});

describe("decisions and Undo", () => {
  const finding = (row: number) => main().getByRole("grid").getByRole("row").nth(row);

  it("a decision is reopened; Ctrl+Z takes no older tag back for it", async () => {
    await press("Control+2");
    await filterBy(page(), "api:groups");
    await press("Escape", "Control+Home", "Space", "t");
    await page().getByRole("textbox", { name: "Tag", exact: true }).waitFor();
    await page().keyboard.type("Seen");
    await press("Enter");
    await said("Tagged 1 call Seen.");
    await press("Control+4");
    await finding(1).click();
    await press("c");
    await page().getByRole("textbox", { name: "Reason" }).fill("The lines show it.");
    await press("Control+Enter");
    await said(/^Confirmed the finding on/u);
    await press("Control+z");
    await said(/^Nothing to undo here: the last act confirmed the finding on .*\. A decision is reopened\.$/u);
    expect(exhibit("query", folder, "tag:seen", "--count", "--json").json<{ count: number }>().count).toBe(1);
    await finding(1).getByText("confirmed").waitFor();
    await press("u");
    await page().getByRole("textbox", { name: "Reason" }).fill("Asked again.");
    await press("Control+Enter");
    await said(/^Reopened the finding on/u);
    await finding(1).getByText("open").waitFor();
  });

  it("a message offers Reopen for what it decided", async () => {
    await finding(2).click();
    await press("d");
    await page().getByRole("textbox", { name: "Reason" }).fill("A test account.");
    await press("Control+Enter");
    await page().getByRole("contentinfo").getByRole("button", { name: "Reopen" }).click();
    await page().getByRole("textbox", { name: "Reason" }).fill("It is none.");
    await press("Control+Enter");
    await said(/^Reopened the finding on/u);
  });

  it("several findings take one reason, an entry of custody each", async () => {
    const entries = () => exhibit("custody", folder, "--json").json<{ entries: number }>().entries;
    await finding(1).click();
    await main().getByRole("grid").focus();
    await press("Home", "Control+Home", "Space", "ArrowDown", "ArrowDown", "Shift+Space");
    await main().getByText("3 findings selected").waitFor();
    const before = entries();
    await button("Confirm").click();
    await page()
      .getByRole("dialog", { name: "Confirm 3 findings" })
      .getByRole("textbox", { name: "Reason" })
      .fill("Seen in the lines.");
    await page().keyboard.down("Control");
    await page().keyboard.down("Enter");
    await dialog("Confirm 3 findings").waitFor({ state: "detached" });
    // A hand is slower than the engine: the key comes up on the button that the focus is back on, and does not press it.
    await page().keyboard.up("Enter");
    await page().keyboard.up("Control");
    await said("Confirmed 3 findings.");
    expect(entries()).toBe(before + 3);
  });

  it("a second examiner objects under another name, and not under the examiner's own", async () => {
    await button("Second examiner objects").click();
    const object = dialog("Object as a second examiner");
    await object.getByRole("textbox", { name: "Second examiner" }).fill("R. Vale");
    await object.getByRole("textbox", { name: "Reason" }).fill("One of them is a test account.");
    await object.getByRole("button", { name: "Object" }).click();
    await object.getByRole("alert").filter({ hasText: "a second one is somebody else" }).waitFor();
    await object.getByRole("textbox", { name: "Second examiner" }).fill("J. Okafor");
    await object.getByRole("button", { name: "Object" }).click();
    await said("J. Okafor objects to 3 findings.");
    await finding(1).getByRole("button").first().click();
    await main().getByRole("list", { name: "Second examiners" }).getByText("Objects").waitFor();
    await press("Control+9");
    await main()
      .getByText(/objected to the finding on/u)
      .first()
      .waitFor();
    await press("Alt+ArrowLeft");
  });
});

describe("the registry", () => {
  it("is browsed and searched, each row with where it came from, its calls and its developer", async () => {
    await press("g", "y");
    await heading("Registry").waitFor();
    await main()
      .getByRole("tab", { name: /^Grants/u })
      .click();
    const grid = main().getByRole("grid", { name: "Grants" });
    await grid.getByRole("row").nth(2).waitFor();
    await grid
      .getByRole("row")
      .nth(1)
      .getByText(/^grants\.csv line \d+$/u)
      .waitFor();
    const app = (await grid.getByRole("row").nth(2).getByRole("gridcell").first().textContent()) ?? "";
    await main().getByRole("searchbox", { name: "Find grants" }).fill(app);
    await expect.poll(async () => Number(await grid.getAttribute("aria-rowcount")) - 1).toBeLessThan(10);
    await grid.getByRole("row").nth(1).getByRole("button", { name: "Show" }).click();
    expect(await counted(page())).toBe(
      exhibit("query", folder, `app:${app}`, "--count", "--json").json<{ count: number }>().count,
    );
    await press("Alt+ArrowLeft");
    await main().getByRole("searchbox", { name: "Find grants" }).fill("nobody has this");
    await main()
      .getByText(/^No row holds "nobody has this"/u)
      .waitFor();
  });

  it("lists its conflicts, also by key", async () => {
    await main()
      .getByRole("tab", { name: /^Grants/u })
      .focus();
    await press("ArrowRight", "ArrowRight", "ArrowRight");
    await main().getByRole("region", { name: "Conflicts" }).getByRole("listitem").first().waitFor();
  });
});

describe("help", () => {
  it("finds the policy, field by field", async () => {
    await press("F1");
    const help = page().getByRole("dialog");
    await help.getByRole("searchbox").fill("policy");
    await help.getByText("Policies").first().click();
    await help.getByText("effective_from").first().waitFor();
    await help.getByText("grace_days").first().waitFor();
  });
});
