import { expect, test } from "vitest";
import { Calls } from "../../../viewer/data/calls.ts";
import { type Found, find } from "../../../viewer/filter/evaluate.ts";
import { callsOf } from "../data-of.ts";

/** Sources of two calls each, so that each has its own piece of lines; the pieces that were read are noted. */
function noted() {
  const rows = Array.from({ length: 12 }, (_, at) => ({
    event: {
      time: `2018-04-${10 + at}T00:00:00Z`,
      outcome: "allowed" as const,
      app: at < 6 ? "a1" : "a2",
      source: 1 + Math.floor(at / 2),
      line: 1 + (at % 2),
      offset: 50 * (at % 2),
      length: 40,
    },
    developerId: "D1",
    rules: [],
    levels: [],
    line: at % 3 === 0 ? `token=AbC ${at}` : `Ünsinn, plain ${at}`,
  }));
  const made = callsOf(rows);
  const read: string[] = [];
  const calls = new Calls(made.catalog, (name) => {
    if (name.startsWith("lines-")) read.push(name);
    return made.load(name);
  });
  return { calls, read };
}
const rowsOf = ({ mask }: Found) => Array.from(mask).flatMap((each, row) => (each === 1 ? [row] : []));

test("words are sought only where the rest of the filter may match, and no line is looked through twice for one", async () => {
  const { calls, read } = noted();
  expect(rowsOf(await find(calls, "app:a1 TOKEN"))).toEqual([0, 3]);
  expect(read).toEqual(["lines-0", "lines-1", "lines-2"]);
  expect(rowsOf(await find(calls, "token"))).toEqual([0, 3, 6, 9]);
  expect(read).toEqual(["lines-0", "lines-1", "lines-2", "lines-3", "lines-4", "lines-5"]);
  expect(rowsOf(await find(calls, "-token app:a2 ünsinn"))).toEqual([7, 8, 10, 11]);
  expect(rowsOf(await find(calls, "ÜNSINN app:a2"))).toEqual([7, 8, 10, 11]);
  expect(read).toHaveLength(9);
});

test("a search that is stopped says how far it came, has what it found, and goes on from there", async () => {
  const { calls, read } = noted();
  let isOff = false;
  const shown: Found[] = [];
  const some = (found: Found) => {
    shown.push(found);
    isOff = true;
  };
  const stopped = await find(calls, "token", { isOff: () => isOff, some });
  expect(shown.map(({ count, sought }) => [count, sought])).toEqual([[1, { done: 1, all: 6 }]]);
  expect([rowsOf(stopped), stopped.sought]).toEqual([[0], { done: 1, all: 6 }]);
  read.length = 0;
  const whole = await find(calls, "token");
  expect([rowsOf(whole), whole.sought]).toEqual([[0, 3, 6, 9], undefined]);
  expect(read).not.toContain("lines-0");
});

test("where a filter says not, nothing is shown that another line may take away", async () => {
  const { calls } = noted();
  const shown: number[] = [];
  const found = await find(calls, "not token", { some: ({ count }) => void shown.push(count) });
  expect(shown).toEqual([0]);
  expect(found.count).toBe(8);
});
