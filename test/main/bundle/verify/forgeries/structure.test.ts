import { beforeAll, describe, test } from "vitest";
import type { Payload } from "../../signed-bundle.ts";
import { expectNamed, makeBundles } from "./forge.ts";

beforeAll(() => makeBundles());

describe("structure: the payload is a closed list", () => {
  test.each<[name: string, change: (payload: Payload) => void, says: RegExp]>([
    ["a file more in data", (it) => it.add("notes.txt", "x"), /layout of a bundle does not name: data\/notes\.txt/u],
    [
      "a file more in the extract",
      (it) => it.add("extract/people.json", "[]"),
      /does not name: data\/extract\/people\.json/u,
    ],
    [
      "a file more among the lines",
      (it) => it.add("extract/lines/all.txt", "x"),
      /does not name: data\/extract\/lines\/all\.txt/u,
    ],
    [
      "an original nobody named",
      (it) => it.add("originals/9-x.csv", "x"),
      /bundle\.json does not name: data\/originals\/9-x\.csv/u,
    ],
    ["a letter nobody named", (it) => it.add("attachments/letter.pdf", "x"), /attachments whose digest no entry/u],
  ])("%s", async (name, change, says) => expectNamed([name, change, "structure", says]));
});
