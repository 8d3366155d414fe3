import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { chartPng } from "../../../../main/bundle/report/print/chart-png.ts";
import { chartSvg, ON_PAPER } from "../../../../main/bundle/report/print/chart-svg.ts";
import { monthBars } from "../../../../main/bundle/report/screens/month-bars.ts";

const many = {
  months: Array.from({ length: 36 }, (_, n) => ({ month: `20${10 + n}-01`, got: 1000 * n, may: n, tried: 1 })),
};

test("a chart is the same bytes whatever was drawn before it, with nothing that runs, loads or is styled", async () => {
  const chart = { ...many, kinds: ["got", "may", "tried"] as const, isStacked: true };
  const first = chartSvg(chart, ON_PAPER);
  chartSvg({ ...chart, isStacked: false }, ON_PAPER);
  expect(chartSvg(chart, ON_PAPER)).toBe(first);
  expect(first).not.toMatch(/<style|<script|<image|style=|class=|href=|on\w+=|zr\d/u);
  const [one, two] = [chartPng(chart), chartPng({ ...chart })];
  expect(Buffer.from(one).equals(two)).toBe(true);
});

test("a figure that is wider than its bar is not written, and neither is one in a bar too low for it", () => {
  const figures = (months: typeof many.months) =>
    [
      ...chartSvg({ months, kinds: ["got"], isStacked: true }, ON_PAPER).matchAll(
        /fill="#ffffff"[^>]*>([\d,]+)<\/text>/gu,
      ),
    ].map(([, text]) => text);
  expect(figures(many.months)).toEqual([]);
  expect(figures(many.months.slice(0, 12))).toEqual([2, 3, 4, 5, 6, 7, 8, 9].map((n) => `${n},000`));
});

test("the page draws them in its own colours, each rule's with ids of its own", () => {
  const people = { value: 1, basis: "exact" } as const;
  const of = (developers: number) => ({ developers, events: developers, people });
  const months = [{ month: "2018-04", attempted: of(1), possible: of(2), obtained: of(3) }];
  const [one, other] = [monthBars(months, 0).markup, monthBars(months, 1).markup];
  expect(one).toContain('fill="var(--got)"');
  expect(one).not.toMatch(/"#[0-9a-f]{6}"/u);
  const ids = (markup: string) => [...markup.matchAll(/ id="([^"]+)"/gu)].map(([, id]) => id);
  expect(ids(one).filter((id) => ids(other).includes(id))).toEqual([]);
});

test("the picture for word processors has what the drawing has, pixel by pixel where that is known", () => {
  const months = [{ month: "2018-04", got: 10, may: 10, tried: 10 }];
  const png = Buffer.from(chartPng({ months, kinds: ["got", "may", "tried"], isStacked: true }));
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  expect([width, height]).toEqual([1280, 400]);
  const rows = inflateSync(png.subarray(png.indexOf("IDAT") + 4));
  // Each row is its difference to the one above.
  for (let at = width * 3 + 1; at < rows.length; at++)
    if (at % (width * 3 + 1) !== 0) rows[at] = ((rows[at] as number) + (rows[at - width * 3 - 1] as number)) & 255;
  const pixel = (x: number, y: number) => {
    const at = 2 * y * (width * 3 + 1) + 1 + 2 * x * 3;
    return rows.subarray(at, at + 3).toString("hex");
  };
  const column = (x: number, top: number, bottom: number) =>
    new Set(Array.from({ length: bottom - top }, (_, n) => pixel(x, top + n)));
  // One bar of 40 px in the middle of the plot, 136 px high, a third of it each: solid; hatched; dotted.
  expect(column(320, 135, 150)).toEqual(new Set(["184a90"]));
  for (const [top, ink] of [
    [90, "4c90f0"],
    [46, "738091"],
  ] as const) {
    const seen = new Set(Array.from({ length: 30 }, (_, n) => [...column(320 - 15 + n, top, top + 30)]).flat());
    expect(seen).toContain(ink);
    expect(seen).toContain("ffffff");
  }
  expect(pixel(200, 140)).toBe("ffffff");
  // The month under it, and the words above, in their own ink.
  const words = new Set(Array.from({ length: 60 }, (_, n) => [...column(290 + n, 184, 196)]).flat());
  expect(words).toContain("4a5463");
});
