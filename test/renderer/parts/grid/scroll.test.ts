import { expect, test } from "vitest";
import { PAGE, Pages } from "../../../../renderer/parts/grid/pages.ts";
import { Scroll } from "../../../../renderer/parts/grid/scroll.ts";
import { Sight } from "../../../../renderer/parts/grid/sight.ts";
import type { CallRow } from "../../../../shared/model/explore.ts";

const COUNT = 20_000_000;
const rowsFrom = (offset: number) => Array.from({ length: PAGE }, (_, at) => ({ line: offset + at }) as CallRow);

/** Rows that come when they are let go. */
function heldRows() {
  const waiting: (() => void)[] = [];
  const pages = new Pages(COUNT, (offset) => new Promise((resolve) => waiting.push(() => resolve(rowsFrom(offset)))), {
    offset: 0,
    rows: rowsFrom(0),
  });
  return { pages, letGo: () => waiting.splice(0).forEach((each) => void each()) };
}

function scrolled(pages: Pages) {
  const sight = Object.assign(new Sight(), { count: COUNT, places: 21 });
  const tops: number[] = [];
  const scroll = new Scroll(sight, () => {
    expect(pages.has(sight.top, sight.top + sight.places), "a row is shown that is not loaded").toBe(true);
    tops.push(sight.top);
  });
  scroll.begin(pages);
  return { sight, scroll, tops };
}

test("rows are shown when they are loaded, and of several wishes the latest", async () => {
  const { pages, letGo } = heldRows();
  const { scroll, tops } = scrolled(pages);
  const moved = scroll.to(5000);
  void scroll.to(7000);
  void scroll.to(COUNT);
  expect(tops).toEqual([]);
  for (let turn = 0; turn < 5; turn += 1) {
    letGo();
    await new Promise((resolve) => setTimeout(resolve));
  }
  await moved;
  expect(tops.at(-1)).toBe(COUNT - 20);
  expect(tops).not.toContain(7000);
  scroll.end();
});

test("a wish of another answer counts although rows of the one before are on their way", async () => {
  const before = heldRows();
  const { sight, scroll } = scrolled(before.pages);
  const moved = scroll.to(5000);
  const after = heldRows();
  scroll.begin(after.pages);
  void scroll.to(10);
  before.letGo();
  await moved;
  expect(sight.top).toBe(10);
  scroll.end();
});
