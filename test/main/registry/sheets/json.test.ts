import { expect, test } from "vitest";
import { readJson } from "../../../../main/registry/sheets/json.ts";

/** Each table by its name, its rows as objects. */
const tables = (text: string) =>
  readJson(text, "t.json").sheets.map(({ name, header = [], rows }) => [
    name,
    rows.map(({ cells }) => Object.fromEntries(header.map((column, index) => [column, cells[index]]))),
  ]);

test("an array of objects, an object a line, and objects under keys are tables", () => {
  expect(tables(' [{"App ID":7,"x":null},{"App ID":"","y":true}]')).toEqual([
    [
      undefined,
      [
        { "App ID": "7", x: "", y: "" },
        { "App ID": "", x: "", y: "true" },
      ],
    ],
  ]);
  expect(tables('{"a":1}\n{"a":2}\n')).toEqual([[undefined, [{ a: "1" }, { a: "2" }]]]);
  expect(tables('{"v":1,"apps":[{"a":1}],"data":{"developers":[{"b":2}]}}')).toEqual([
    ["apps", [{ a: "1" }]],
    ["data.developers", [{ b: "2" }]],
  ]);
});

test("objects inside a row are dotted names; rows inside a row bear its ids", () => {
  expect(
    tables('{"apps":[{"id":1,"name":"A","owner":{"id":"D1"},"grants":[{"permission":"p"},{"permission":"q"}]}]}'),
  ).toEqual([
    ["apps", [{ id: "1", name: "A", "owner.id": "D1" }]],
    [
      "grants",
      [
        { "app.id": "1", permission: "p" },
        { "app.id": "1", permission: "q" },
      ],
    ],
  ]);
});

test("ids keep every digit", () => {
  expect(tables('[{"a":123456789012345678901}]')).toEqual([[undefined, [{ a: "123456789012345678901" }]]]);
});

test.each([
  ["[1]", "item 1 is not an object"],
  ['[{"a":[1]}]', "item 1: a is not a text or number"],
  ['[{"a":1}', "is not valid JSON"],
  ['{"a":1}\n{"a":\n', "record 2 is not valid JSON"],
  ['[{"a":1,\n"b":2,"a":3}]', 'has the key "a" twice in one object, on line 1 and on line 2'],
  ['{"a":1}\n{"b":1,"b":2}', 'record 2 has the key "b" twice'],
  [
    '[{"app":"a1",\n"status":"live",\n"status":"closed"}]',
    'has the key "status" twice in one object, on line 2 and on line 3',
  ],
])("%j is refused: %s", (text, why) => {
  expect(() => readJson(text, "t.json")).toThrow(
    expect.objectContaining({ code: "registry-wrong", message: expect.stringContaining(why) }),
  );
});
