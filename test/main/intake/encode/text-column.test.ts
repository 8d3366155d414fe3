import { expect, test } from "vitest";
import { ValueColumn } from "../../../../main/intake/encode/text-column.ts";
import { ArrayBlock } from "../../../../main/platform/array-block.ts";

/** Ids of texts, and the new entries of the dictionary among them as the case gets them. */
function encoded(column: ValueColumn, texts: readonly string[]) {
  column.forgetIfFull();
  const indexes = Int32Array.from(texts, (text) => column.text(text));
  const ids = [...column.toIds(indexes, new Int32Array(texts.length))];
  const found = column.newTexts(new ArrayBlock());
  const added: [number, string][] = [];
  let at = 0;
  for (const [k, length] of (found?.lengths ?? new Int32Array(0)).entries()) {
    added.push([(found?.first ?? 0) + k, Buffer.from(found?.bytes.subarray(at, at + length) ?? []).toString()]);
    at += length;
  }
  return { ids, added };
}

test("a text that the case knows keeps its id, the first where it is there twice; new ones go on behind the last", () => {
  const column = new ValueColumn("path", { ids: [3, 5, 9], values: ["a", "b", "a"], next: 12 });
  expect(encoded(column, ["b", "new", "a", "é", "new"])).toEqual({
    ids: [5, 12, 3, 13, 12],
    added: [
      [12, "new"],
      [13, "é"],
    ],
  });
  expect(encoded(column, ["é", "a"])).toEqual({ ids: [13, 3], added: [] });
});

test("a column that forgot what it knew goes on with ids that were never used", () => {
  const column = new ValueColumn("path", { ids: [7], values: ["known"], next: 8 });
  // More than any dictionary remembers.
  const long = Array.from({ length: 26 }, (_, n) => String.fromCharCode(97 + n).repeat(1 << 20));
  expect(encoded(column, long).ids).toEqual(Array.from({ length: 26 }, (_, n) => 8 + n));
  expect(encoded(column, ["known", "other", "known"])).toEqual({
    ids: [34, 35, 34],
    added: [
      [34, "known"],
      [35, "other"],
    ],
  });
});
