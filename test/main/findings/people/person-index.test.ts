import { expect, test } from "vitest";
import { PersonIndex } from "../../../../main/findings/people/person-index.ts";
import { datasets, noon } from "../../query/dataset-of.ts";

const datasetOf = datasets();

test("a person has one number in every list, and twice in a list is once", () => {
  const { columns } = datasetOf(
    [["p1", "p2", "p1"], ["p2"], [], undefined].map((subjects, n) => ({
      time: noon(1, n),
      ...(subjects ? { subjects } : {}),
    })),
  );
  const index = new PersonIndex(columns);
  const lists = columns.codes("subjects");
  const codes = (...ids: string[]) => ids.map((id) => index.code(id));
  const members = Array.from(lists, (list) => [...index.of(list)]);
  expect(members).toEqual([codes("p1", "p2"), codes("p2"), [], []]);
  expect(index.of(lists[0] as number)[1]).toBe(index.of(lists[1] as number)[0]);
});

test("whom no list names gets a number nobody has", () => {
  const { columns } = datasetOf([{ time: noon(1), subjects: ["p1"] }]);
  const index = new PersonIndex(columns);
  const stranger = index.code("p9");
  expect([...index.of(1)]).not.toContain(stranger);
  expect(index.code("p9")).toBe(stranger);
});

test("ids are whole texts: neither case nor parts nor JSON's own characters are taken for another", () => {
  const ids = ["1", "11", "P", "p", 'a"b', "[1]", "constructor"];
  const { columns } = datasetOf([{ time: noon(1), subjects: ids }]);
  const index = new PersonIndex(columns);
  expect([...index.of(1)]).toEqual(ids.map((id) => index.code(id)));
  expect(new Set(index.of(1)).size).toBe(ids.length);
  expect(index.spelt(1)).toEqual(ids);
});

test("a UUID or an e-mail address is one person in any case", () => {
  const lists = [["Ada@Example.org", "ada@example.org"], ["ADA@EXAMPLE.ORG"], ["A1B2C3D4-0000-4000-8000-000000000001"]];
  const { columns } = datasetOf(lists.map((subjects, n) => ({ time: noon(1, n), subjects })));
  const index = new PersonIndex(columns);
  const [first, second, third] = Array.from(columns.codes("subjects"), (list) => [...index.of(list)]);
  expect(first).toHaveLength(1);
  expect(second).toEqual(first);
  expect(third).toEqual([index.code("a1b2c3d4-0000-4000-8000-000000000001")]);
});

test("ids that are numbers are told apart digit for digit, whatever stands beside them in the list", () => {
  const ids = ["7", "07", "7.0", "+7", "0", "00", "999999999999999", "1000000000000000", "9007199254740993"];
  ids.push("9007199254740992", "", " 7", 'a"7', "7\\", "\u00377");
  const { columns } = datasetOf([
    { time: noon(1), subjects: ids },
    { time: noon(2), subjects: [...ids].reverse() },
    { time: noon(3), subjects: ["7", "7", "07"] },
  ]);
  const index = new PersonIndex(columns);
  const [first, second, third] = Array.from(columns.codes("subjects"), (list) => [...index.of(list)]) as number[][];
  expect(first).toEqual(ids.map((id) => index.code(id)));
  expect(new Set(first).size).toBe(new Set(ids).size);
  expect(second).toEqual(first?.toReversed());
  expect(third).toEqual([index.code("7"), index.code("07")]);
});

test("the lists that name a person are those, each with whom it names, and no list names whom nobody does", () => {
  const lists = [["p1", "p2"], [], ["p3"], ["p2", "p1"], ["p2"]];
  const { columns } = datasetOf(lists.map((subjects, n) => ({ time: noon(1, n), subjects })));
  const index = new PersonIndex(columns);
  const [p1, p2, nobody] = [index.code("p1"), index.code("p2"), index.code("nobody")];
  const codes = columns.codes("subjects");
  expect(index.listsNaming([p1, p2, nobody])).toEqual(
    new Map([
      [codes[0], [p1, p2]],
      [codes[3], [p2, p1]],
      [codes[4], [p2]],
    ]),
  );
  expect(index.listsNaming([nobody])).toEqual(new Map());
  expect([...index.of(0)]).toEqual([]);
});

test("many people keep their numbers while the index grows", () => {
  const ids = Array.from({ length: 5000 }, (_, person) => String(700_000_000 + person * 7));
  const { columns } = datasetOf([{ time: noon(1), subjects: ids }]);
  const index = new PersonIndex(columns);
  expect([...index.of(1)]).toEqual(ids.map((id) => index.code(id)));
  expect(new Set(index.of(1)).size).toBe(ids.length);
});
