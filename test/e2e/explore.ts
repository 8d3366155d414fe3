import type { Locator, Page } from "playwright-core";

/** Explore as a person reads it: by role and name, as assistive technology does. */

export const filterBar = (page: Page): Locator => page.getByRole("combobox", { name: "Filter", exact: true });
export const grid = (page: Page): Locator => page.getByRole("grid", { name: "Calls" });
export const detail = (page: Page): Locator => page.getByRole("complementary", { name: "Detail" });

/** The number over the rows once it is that of the filter as it stands: said to screen readers, and seen. */
export async function counted(page: Page): Promise<number> {
  const line = page.getByRole("group", { name: "Count" });
  const said = line.getByRole("status").filter({ hasText: " of " });
  await said.waitFor({ state: "attached" });
  const number = (text: string | null) => Number(/^[\d,]+/u.exec(text ?? "")?.[0].replaceAll(",", ""));
  const [heard, seen] = [number(await said.textContent()), number(await line.getByRole("paragraph").textContent())];
  if (heard !== seen) throw new Error(`heard ${heard}, seen ${seen}`);
  return seen;
}

/** What the number line says of people: `at least 4,269 people`. */
export async function peopleShown(page: Page): Promise<string> {
  const line = page.getByRole("group", { name: "Count" }).getByRole("paragraph");
  await line.filter({ hasNotText: "counting people" }).waitFor();
  return /·\s*([^·]*?(?:people|person|not logged)[^·]*)/u.exec((await line.textContent()) ?? "")?.[1]?.trim() ?? "";
}

/** Writes the filter as a whole and settles it. */
export async function filterBy(page: Page, text: string): Promise<number> {
  await filterBar(page).fill(text);
  await page.keyboard.press("Enter");
  return counted(page);
}

/** Every row of the grid as its cells, by walking down to the last with Page down. */
export async function allRows(page: Page): Promise<string[][]> {
  const rows = new Map<number, string[]>();
  await grid(page).getByRole("row").nth(1).click();
  await page.keyboard.press("Control+Home");
  const last = Number(await grid(page).getAttribute("aria-rowcount")) - 1;
  for (let turn = 0; rows.size < last && turn < 200; turn += 1) {
    for (const row of await grid(page)
      .getByRole("row")
      .evaluateAll((all) =>
        all.map((each): [number, string[]] => [
          Number(each.getAttribute("aria-rowindex")) - 2,
          [...each.querySelectorAll('[role="gridcell"]')].map((cell) => cell.textContent ?? ""),
        ]),
      ))
      if (row[0] >= 0 && row[1].length > 0) rows.set(...row);
    await page.keyboard.press("PageDown");
    await page.waitForTimeout(50);
  }
  return [...rows].sort(([a], [b]) => a - b).map(([, cells]) => cells);
}
