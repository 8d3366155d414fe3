import { beforeAll, expect, test } from "vitest";
import type { Case } from "../../../../main/case/case.ts";
import { TextDictionary } from "../../../../main/query/columns/text-dictionary.ts";
import { quickCase } from "../dataset-of.ts";

let db: Case["db"];
beforeAll(() => {
  db = quickCase().db;
});

/** Ids 1, 2 and 5: an import that was stopped leaves holes. */
function withHoles() {
  db.exec("delete from text_app");
  const put = db.prepare("insert into text_app (id, value) values (?, ?)");
  for (const [id, text] of [
    [1, "one"],
    [2, ""],
    [5, "five"],
  ])
    put.run(id, text);
  return db;
}

test("every text stands at its own id, holes stay holes, and 0 is absent", () => {
  expect(new TextDictionary(withHoles(), "app").all()).toEqual([undefined, "one", "", undefined, undefined, "five"]);
});

test("one text is the same asked alone and after all were read; no id has none", () => {
  const dictionary = new TextDictionary(withHoles(), "app");
  const ask = () => [null, 0, 1, 2, 3, 5, 6].map((id) => dictionary.get(id));
  const alone = ask();
  expect(alone).toEqual([undefined, undefined, "one", "", undefined, "five", undefined]);
  dictionary.all();
  expect(ask()).toEqual(alone);
});

test("a table has 1 for the texts that pass, what is said for absent at 0, and never 1 in a hole", () => {
  const dictionary = new TextDictionary(withHoles(), "app");
  expect([...dictionary.table(() => true)]).toEqual([0, 1, 1, 0, 0, 1]);
  expect([...dictionary.table((text) => text !== "one", true)]).toEqual([1, 0, 1, 0, 0, 1]);
});

test("a dictionary without texts still knows what is absent", () => {
  const dictionary = new TextDictionary(db, "actor");
  expect(dictionary.all()).toEqual([undefined]);
  expect([...dictionary.table(() => true, true)]).toEqual([1]);
});
