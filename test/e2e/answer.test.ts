import { beforeAll, describe, expect, it } from "vitest";
import type { People } from "../../shared/model/finding.ts";
import type { Launched } from "../host/launch.ts";
import { openIncident, type Truth } from "../incident.ts";
import { openDesk } from "./desk.ts";
import { counted, peopleShown } from "./explore.ts";

/** Behind every number on Answer are just so many rows, on the whole sample incident. */

const desk = openDesk("answer");
let app: Launched;
let truth: Truth;
const page = () => app.page;

interface Behind {
  /** The part of Answer that the number stands in. */
  readonly part: string;
  /** Of those in it with the same words. */
  readonly at: number;
  readonly words: string;
}

const heading = (name: string) => page().getByRole("heading", { name, level: 1, exact: true });
const part = (name: string) => page().getByRole("region", { name, exact: true });
const numbersIn = (text: string) =>
  [...text.matchAll(/\d[\d,]*/gu)].map(([digits]) => Number(digits.replaceAll(",", "")));
const CARDS = ["Who kept access?", "Who used it?", "What did they get?", "From how many people?", "Is it put right?"];

beforeAll(async () => {
  const incident = await openIncident(4000, 1);
  truth = incident.truth;
  incident.engine.caseFile.close();
  app = await desk.start(incident.engine.caseFile.folder);
  await page().getByRole("banner").getByText("Groups API 2018").waitFor();
  await page().keyboard.press("Control+3");
  await part(CARDS[4] as string).waitFor();
});

async function numbersOf(name: string): Promise<Behind[]> {
  const all = await part(name).getByRole("button").allTextContents();
  return all.map((words, at) => ({ part: name, at: all.slice(0, at).filter((each) => each === words).length, words }));
}

async function openAndReturn<T>({ part: name, at, words }: Behind, look: () => Promise<T>): Promise<T> {
  // by its words: what else is in the card may still be on its way
  await part(name).getByRole("button", { name: words, exact: true }).nth(at).click();
  const seen = await look();
  await page().keyboard.press("Alt+ArrowLeft");
  await part(name).waitFor();
  return seen;
}

const developersListed = async () => {
  await heading("Developers").waitFor();
  const status = (await page().getByRole("main").getByRole("status").textContent()) ?? "";
  const rows = Number(await page().getByRole("main").getByRole("grid").getAttribute("aria-rowcount")) - 1;
  expect(numbersIn(status)[0]).toBe(rows);
  return rows;
};

describe("the numbers on Answer", () => {
  it("are those that the maker of the incident knows", async () => {
    const [rule] = (truth.findings as { rules: { totals: Record<string, { developers: number }> }[] }).rules;
    const first = async (name: string) => numbersIn((await part(name).getByRole("paragraph").textContent()) ?? "");
    expect((await first(CARDS[0] as string))[0]).toBe(rule?.totals.entitled?.developers);
    expect((await first(CARDS[1] as string))[0]).toBe(rule?.totals.obtained?.developers);
    expect((await first(CARDS[1] as string))[2]).toBe(rule?.totals.recent?.developers);
  });

  it.each(CARDS.filter((name) => name !== "From how many people?"))("%s", async (name) => {
    const all = await numbersOf(name);
    expect(all.length).toBeGreaterThan(1);
    for (const each of all) {
      const [wanted] = numbersIn(each.words);
      if (/grants/u.test(each.words)) await openAndReturn(each, grantsOfAll);
      else if (/gap/u.test(each.words)) expect(await openAndReturn(each, gapsShown), each.words).toBe(wanted);
      else if (/calls?$/u.test(each.words)) expect(await openAndReturn(each, callsShown), each.words).toBe(wanted);
      else if (wanted === undefined) expect(await openAndReturn(each, callsShown), each.words).toBeGreaterThan(0);
      else expect(await openAndReturn(each, developersListed), each.words).toBe(wanted);
    }
  });

  it("From how many people?", async () => {
    const name = "From how many people?";
    const all = await numbersOf(name);
    const numbers = all.filter(({ words }) => /\d/u.test(words));
    expect(numbers.length).toBeGreaterThan(0);
    for (const each of numbers) {
      const shown = await openAndReturn(each, () => peopleShown(page()));
      expect(numbersIn(shown), each.words).toEqual(numbersIn(each.words));
    }
    await part(name).getByRole("button", { name: "Show the list" }).click();
    const drawer = page().getByRole("dialog", { name: "People whose data was got" });
    const head = drawer.getByRole("paragraph").filter({ hasText: /people|person/u });
    const [listed = 0, ...known] = numbersIn((await head.textContent()) ?? "");
    expect(known).toEqual(numbersIn(numbers[0]?.words ?? ""));
    let ids = 0;
    for (let next = true; next; ) {
      const range = (await drawer.getByText(/^[\d,]+ to [\d,]+ of /u).textContent()) ?? "";
      const [from = 0, to = 0] = numbersIn(range);
      expect(await drawer.getByRole("listitem").count(), range).toBe(to - from + 1);
      ids = to;
      next = to < listed;
      if (!next) break;
      await drawer.getByRole("button", { name: "Next" }).click();
      await drawer.getByText(new RegExp(`^${(to + 1).toLocaleString("en-US")} to `, "u")).waitFor();
    }
    expect(ids).toBe(listed);
    await page().keyboard.press("Escape");
    await drawer.waitFor({ state: "detached" });
  });

  it("by month and by developer: each number's filter matches it, and opens it", async () => {
    const months = part("Developers by month, each under the most it did");
    await months.getByRole("button", { name: /show the table/u }).click();
    const filters = await page()
      .getByRole("main")
      .getByRole("button", { name: /\d/u })
      .evaluateAll((all) =>
        all.flatMap((each) => {
          const filter = /^Show the rows: (.*)$/u.exec(each.getAttribute("title") ?? "")?.[1];
          return filter === undefined ? [] : [{ words: each.textContent ?? "", filter }];
        }),
      );
    expect(filters.length).toBeGreaterThan(60);
    for (const { words, filter } of filters) {
      const [wanted, most] = numbersIn(words);
      const { count, people } = await page().evaluate(async (filter) => {
        const [calls, known] = await Promise.all([
          window.exhibit.ask("q", "query", { filter }),
          window.exhibit.ask("p", "people", { filter }),
        ]);
        return {
          count: "reply" in calls ? calls.reply.count : -1,
          people: "reply" in known ? known.reply.people : null,
        };
      }, filter);
      const { value, at_most } = (people ?? { value: -1 }) as People & { at_most?: number };
      const isPeople = /^(?:at |between |not )/u.test(words) || value === wanted;
      if (isPeople) expect([wanted, most], filter).toEqual([value, at_most]);
      else expect(count, filter).toBe(wanted);
    }
    const calls = months.getByRole("cell").getByRole("button").first();
    const [wanted] = numbersIn((await calls.textContent()) ?? "");
    await calls.click();
    expect(await counted(page())).toBe(wanted);
    await page().keyboard.press("Alt+ArrowLeft");
    const table = page().getByRole("grid", { name: "Developers with a finding" });
    const row = table
      .getByRole("row")
      .nth(2)
      .getByRole("button", { name: /^[\d,]+$/u })
      // before those of people, which open their rows too
      .first();
    const [own] = numbersIn((await row.textContent()) ?? "");
    await row.click();
    expect(await counted(page())).toBe(own);
  });
});

async function callsShown(): Promise<number> {
  await heading("Explore").waitFor({ state: "attached" });
  return counted(page());
}

async function gapsShown(): Promise<number> {
  await heading("Coverage").waitFor();
  const gaps = page().getByRole("region", { name: "Gaps" });
  const items = gaps.getByRole("list").first().getByRole("listitem");
  await items.first().waitFor();
  return items.count();
}

/** Grant by grant: the distinct holders are as many as the card says. */
async function grantsOfAll(): Promise<void> {
  const table = page().getByRole("region", { name: "Grants held" }).getByRole("table");
  await table.waitFor();
  const holders = await table.getByRole("rowheader").allTextContents();
  const [grants, developers] = numbersIn((await page().getByRole("main").getByRole("status").textContent()) ?? "");
  expect(holders.length).toBe(grants);
  expect(new Set(holders).size).toBeLessThanOrEqual(developers as number);
  const [rule] = (truth.findings as { rules: { totals: { entitled: { developers: number } } }[] }).rules;
  expect(developers).toBe(rule?.totals.entitled.developers);
}
