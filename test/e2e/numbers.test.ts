import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { People } from "../../shared/model/finding.ts";
import type { Launched } from "../host/launch.ts";
import { openIncident } from "../incident.ts";
import { openDesk } from "./desk.ts";
import { counted } from "./explore.ts";

/**
 * Every number on every screen of the case opens the rows behind it, and they are just so many; one that opens nothing says why
 * under the pointer. Charts have their numbers in a table.
 */

const desk = openDesk("numbers");
let app: Launched;
const page = () => app.page;
const main = () => page().getByRole("main");
const press = (...keys: string[]) =>
  keys.reduce((done, key) => done.then(() => page().keyboard.press(key)), Promise.resolve());
const heading = (name: string) => page().getByRole("heading", { name, level: 1, exact: true });
const number = (text: string | null) => Number(/\d[\d,]*/u.exec(text ?? "")?.[0].replaceAll(",", ""));
const rowsOf = async (name?: string) =>
  Number(
    await main()
      .getByRole("grid", name === undefined ? {} : { name })
      .first()
      .getAttribute("aria-rowcount"),
  ) - 1;

interface Figure {
  readonly words: string;
  /** The filter whose rows it opens. */
  readonly filter?: string;
  /** It is no button or link, and nothing says why. */
  readonly isBare?: true;
}

/** The numbers on the screen: a count alone or with its noun. Times, days, ids and what one can edit are none. */
async function figures(): Promise<Figure[]> {
  await main().getByText("counting").first().waitFor({ state: "detached" });
  return main().evaluate((root) => {
    const found: { words: string; filter?: string; isBare?: true }[] = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const holder = node.parentElement;
      // A sentence is several nodes: what its number means stands in the next.
      if (node.previousSibling?.nodeType === Node.TEXT_NODE) continue;
      let words = "";
      for (let part: Node | null = node; part?.nodeType === Node.TEXT_NODE; part = part.nextSibling)
        words += part.textContent ?? "";
      words = words.trim();
      if (!holder || !/^(?:(?:at (?:least|most)|between) )?\d[\d,]*(?: (?:and \d[\d,]*|[a-z ]+))?$/u.test(words))
        continue;
      if (words === "0" || holder.closest("svg, input, select, bdi, [role=status], .answer-number, h2, h3, li"))
        continue;
      const title = holder.closest("[title]")?.getAttribute("title") ?? "";
      const filter = /Show the rows: (.*)$/u.exec(title)?.[1];
      const opens = holder.closest("button, a, summary, label");
      if (filter !== undefined) found.push({ words, filter: filter === "every call" ? "" : filter });
      else if (opens === null && title === "")
        found.push({ words: `${words} in ${holder.outerHTML.slice(0, 160)}`, isBare: true });
      else found.push({ words });
    }
    return found;
  });
}

/** Each that opens rows has just so many, each other says why it opens none. @returns how many there were */
async function checkFigures(): Promise<number> {
  const all = await figures();
  expect(all.filter(({ isBare }) => isBare).map(({ words }) => words)).toEqual([]);
  const filters = [...new Set(all.flatMap(({ filter }) => filter ?? []))];
  const known = new Map(
    await page().evaluate(
      (asked) =>
        Promise.all(
          asked.map(async (filter) => {
            const [calls, people] = await Promise.all([
              window.exhibit.ask("q", "query", { filter }),
              window.exhibit.ask("p", "people", { filter }),
            ]);
            return [
              filter,
              {
                calls: "reply" in calls ? calls.reply.count : -1,
                people: "reply" in people ? people.reply.people : null,
              },
            ] as const;
          }),
        ),
      filters,
    ),
  );
  for (const { words, filter } of all) {
    if (filter === undefined) continue;
    const [wanted, most] = [...words.matchAll(/\d[\d,]*/gu)].map(([digits]) => number(digits));
    const { calls, people } = known.get(filter) as { calls: number; people: People | null };
    const { value, at_most } = (people ?? { value: -1 }) as People & { at_most?: number };
    // A number of people says so by its bounds, or is none of calls.
    if (calls !== wanted) expect([wanted, most], `${words}: ${filter}`).toEqual([value, at_most]);
  }
  return all.length;
}

beforeAll(async () => {
  const { engine, folder } = await openIncident(4000, 1);
  await engine.ask("importSteps", { file: path.join(folder, "remedy.csv") });
  engine.caseFile.close();
  app = await desk.start(engine.caseFile.folder);
  await page().getByRole("banner").getByText("Groups API 2018").waitFor();
});

describe("the numbers", () => {
  it("of Answer, with the table of its months open", async () => {
    await press("Control+3");
    await main().getByRole("region", { name: "Is it put right?" }).getByRole("button").nth(2).waitFor();
    for (const chart of ["Developers by month", "As of other dates"])
      await main()
        .getByRole("button", { name: new RegExp(`^${chart}.*show the table`, "u") })
        .click();
    await main().getByText("How firm are these numbers?").click();
    expect(await checkFigures()).toBeGreaterThan(100);
  });

  it("of Developers and of a developer", async () => {
    await press("Control+4");
    await main().getByRole("grid").getByRole("row").nth(2).waitFor();
    expect(await checkFigures()).toBeGreaterThan(20);
    expect(number(await main().getByRole("status").first().textContent())).toBe(await rowsOf());
    await main().getByRole("grid").getByRole("row").nth(1).getByRole("button").first().click();
    await main().getByRole("region", { name: "Why" }).getByRole("button").first().waitFor();
    expect(await checkFigures()).toBeGreaterThan(8);
  });

  it("of Remedy: each narrows the board to just so many developers", async () => {
    await press("g", "r");
    await heading("Remedy").waitFor();
    await main().locator(".remedy-card").first().waitFor();
    expect(await checkFigures()).toBeGreaterThan(6);
    const numbers = main().locator("button.remedy-number");
    for (const [at, words] of (await numbers.allTextContents()).entries()) {
      await numbers.nth(at).click();
      const wanted = number(words);
      // Several steps of one developer may be overdue: each stands on its card.
      const cards = async () =>
        (await main().getByTitle("Cards below", { exact: true }).allTextContents()).reduce(
          (sum, each) => sum + number(each),
          0,
        );
      if (!words.includes("overdue")) await expect.poll(cards, { message: words }).toBe(wanted);
      await numbers.nth(at).click();
    }
  });

  it("of Policy: each line's number opens its calls", async () => {
    await press("g", "p");
    await heading("Policy").waitFor();
    const rule = main().getByRole("region", { name: "Rule" });
    await rule.getByRole("button", { name: /\d/u }).first().waitFor();
    expect(await checkFigures()).toBeGreaterThan(6);
    const last = rule.getByRole("button", { name: /^Show the [\d,]+ calls?$/u }).last();
    const wanted = number(await last.textContent());
    await last.click();
    expect(await counted(page())).toBe(wanted);
  });

  it("of Sources and of the registry: each opens a table of just so many rows", async () => {
    await press("Control+1");
    const sources = main().getByRole("grid", { name: "Sources" });
    await sources.getByRole("row").nth(1).waitFor();
    const registry = main()
      .getByRole("region", { name: "Registry" })
      .getByRole("button", { name: /^[\d,]+$/u });
    await registry.first().waitFor();
    expect(await checkFigures()).toBeGreaterThan(20);
    const rejected = sources.getByTitle("Show the rejected records").first();
    const lines = number(await rejected.textContent());
    await rejected.click();
    await expect
      .poll(() => page().getByRole("table", { name: "Rejected lines" }).getByRole("row").count())
      .toBe(lines + 1);
    await press("Escape");
    for (const at of [0, 1, 2, 3, 4]) {
      const wanted = number(await registry.nth(at).textContent());
      await registry.nth(at).click();
      await heading("Registry").waitFor();
      await main().getByRole("grid").first().waitFor();
      expect(number(await main().getByRole("status").first().textContent())).toBe(wanted);
      expect(await rowsOf()).toBe(wanted);
      expect(await checkFigures()).toBeGreaterThan(5);
      await press("Alt+ArrowLeft");
      await registry.first().waitFor();
    }
  });

  it("of Coverage: each lane's in the chart's table", async () => {
    await press("g", "v");
    await heading("Coverage").waitFor();
    await main()
      .getByRole("button", { name: /show the table/u })
      .click();
    expect(await checkFigures()).toBeGreaterThan(20);
  });
});
