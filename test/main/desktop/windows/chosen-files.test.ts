import { expect, test } from "vitest";
import { z } from "zod";
import { ChosenFiles } from "../../../../main/desktop/windows/chosen-files.ts";
import { type Chosen, file, pathOf, purposesOf } from "../../../../shared/contract/chosen.ts";
import { CONTRACT } from "../../../../shared/contract/contract.ts";
import { DESKTOP } from "../../../../shared/contract/desktop.ts";

const INPUT = z.strictObject({ files: z.array(file("logs")), key: file("key").optional(), filter: z.string() });
const refused = expect.objectContaining({ code: "not-chosen" });

test("what was chosen becomes its path again, for what it was chosen for and nothing else", () => {
  const chosen = new ChosenFiles();
  const [log, key] = [chosen.give("/logs/a b.csv", "logs"), chosen.give("/keys/id", "key")];
  expect(pathOf(log)).toBe("/logs/a b.csv");
  expect(chosen.resolve(INPUT, { files: [log], key, filter: "/logs/c.csv" })).toEqual({
    files: ["/logs/a b.csv"],
    key: "/keys/id",
    filter: "/logs/c.csv",
  });
  expect(() => chosen.resolve(INPUT, { files: [key] })).toThrow(refused);
  expect(() => chosen.resolve(INPUT, { files: [log], key: log })).toThrow(refused);
});

test("a path, another window's token, a longer or shorter one and what is no text are nobody's choice", () => {
  const [chosen, other] = [new ChosenFiles(), new ChosenFiles()];
  const log = chosen.give("/logs/a.csv", "logs");
  for (const named of [
    "/logs/a.csv",
    other.give("/logs/a.csv", "logs"),
    `${log}/../b.csv`,
    log.slice(1),
    "",
    1,
    null,
    [log],
    {},
  ])
    expect(() => chosen.resolve(INPUT, { files: [named] }), JSON.stringify(named)).toThrow(refused);
});

test("the same file is the same to the page, and is forgotten with its case; cases of the list are not", () => {
  const chosen = new ChosenFiles();
  const [log, folder] = [chosen.give("/a", "logs"), chosen.give("/case", "case")];
  expect([chosen.give("/a", "logs"), chosen.give("/a", "mapping") === log]).toEqual([log, false]);
  chosen.forget();
  expect(() => chosen.resolve(INPUT, { files: [log] })).toThrow(refused);
  expect(chosen.resolve(file("case"), folder)).toBe("/case");
  expect(chosen.give("/a", "logs")).not.toBe(log);
});

test("a place to save is written once, and can be shown from then on", () => {
  const chosen = new ChosenFiles();
  const place = chosen.give("/out.csv", "save");
  expect(chosen.resolve(file("save"), place)).toBe("/out.csv");
  chosen.wrote({ file: place, filter: "x" });
  expect(() => chosen.resolve(file("save"), place)).toThrow(refused);
  expect(chosen.resolve(file("made"), place)).toBe("/out.csv");
  expect(chosen.give("/out.csv", "save") as Chosen).not.toBe(place);
});

test("every input of a request that is called as files are is one that must be chosen", () => {
  for (const [name, { input }] of Object.entries({ ...CONTRACT, ...DESKTOP }))
    for (const [key, schema] of Object.entries((input as unknown as { shape: Record<string, z.ZodType> }).shape)) {
      if (!/^(?:files?|out|key|target|signer|folder|path|dir|place)$/u.test(key)) continue;
      let item = schema as z.ZodType & { unwrap?(): z.ZodType; element?: z.ZodType };
      if (item.type === "optional") item = item.unwrap?.() as typeof item;
      expect(purposesOf(item.element ?? item), `${name}.${key}`).toBeDefined();
    }
});
