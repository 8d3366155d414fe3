import type { FieldName } from "../../shared/filter/fields.ts";
import { fieldPaths, inCidr, matcher } from "../../shared/filter/match.ts";
import { never, type Test } from "../../shared/filter/tree.ts";
import { CHUNK_ROWS, type ViewerColumn } from "../../shared/viewer/data.ts";
import type { Calls } from "../data/calls.ts";
import type { ListPart, MembersPart, NumberPart, TextPart } from "../data/columns.ts";

/** One byte a call: 1 where it matches. */
export type Mask = Uint8Array;

type Passes = (text: string) => boolean;

/** Whether a text passes the test. A test that is not about texts passes none. */
function textTest(test: Test): Passes {
  if (test.kind === "present") return () => true;
  if (test.kind === "pattern") return matcher(test.segments);
  if (test.kind === "cidr") return (text) => inCidr(test.cidr, text);
  return () => false;
}

function lookUp<Value>(
  { values, codes }: { readonly values: readonly Value[]; readonly codes: ArrayLike<number> },
  passes: (value: Value) => boolean,
  into: Mask,
): void {
  const table = new Uint8Array(values.length + 1);
  let isAny = 0;
  for (const [at, value] of values.entries())
    if (passes(value)) {
      table[at + 1] = 1;
      isAny = 1;
    }
  if (isAny === 0) return;
  for (let row = 0; row < codes.length; row += 1) into[row] = table[codes[row] as number] as number;
}

function members({ values, codes, starts, isThere }: MembersPart, passes: Passes, isAll: boolean, into: Mask): void {
  if (isAll) {
    into.set(isThere);
    return;
  }
  const table = Uint8Array.from(values, (value) => (passes(value) ? 1 : 0));
  if (!table.includes(1)) return;
  for (let row = 0; row < isThere.length; row += 1)
    for (let at = starts[row] as number; at < (starts[row + 1] as number); at += 1)
      if (table[codes[at] as number] === 1) {
        into[row] = 1;
        break;
      }
}

const inRange = (test: Extract<Test, { kind: "range" }>, value: number): boolean =>
  (test.fromInclusive ? value >= test.from : value > test.from) &&
  (test.toInclusive ? value <= test.to : value < test.to);

function numbers({ numbers: all }: NumberPart, test: Test, into: Mask): void {
  if (test.kind === "present") {
    for (let row = 0; row < all.length; row += 1) into[row] = Number.isNaN(all[row]) ? 0 : 1;
  } else if (test.kind === "range")
    for (let row = 0; row < all.length; row += 1) into[row] = inRange(test, all[row] as number) ? 1 : 0;
}

/** Calls that pass the test of a field; its columns must be there. */
export function leafMask(calls: Calls, field: FieldName, test: Test): Mask {
  const mask = new Uint8Array(calls.rows);
  if (field === "time") {
    if (test.kind === "present") mask.fill(1);
    else if (test.kind === "range") mask.fill(1, calls.lowerBound(test.from), calls.lowerBound(test.to));
    return mask;
  }
  const one = chunkTest(calls, field, test);
  for (let chunk = 0; chunk < calls.chunks; chunk += 1)
    one(chunk, mask.subarray(chunk * CHUNK_ROWS, chunk * CHUNK_ROWS + calls.rowsIn(chunk)));
  return mask;
}

type ChunkTest = (chunk: number, into: Mask) => void;

function chunkTest(calls: Calls, field: Exclude<FieldName, "time">, test: Test): ChunkTest {
  const passes = textTest(test);
  const isPresent = test.kind === "present";
  const text = (column: ViewerColumn, asked: Passes): ChunkTest => {
    return (chunk, into) => {
      const part = calls.part(column, chunk);
      if (part) lookUp(part as TextPart, asked, into);
    };
  };
  const list = (column: ViewerColumn, asked: (list: readonly string[]) => boolean): ChunkTest => {
    return (chunk, into) => {
      const part = calls.part(column, chunk);
      if (part) lookUp(part as ListPart, asked, into);
    };
  };
  switch (field) {
    case "developer":
      return developerTest(calls, passes);
    case "app":
    case "api":
    case "operation":
    case "method":
    case "path":
    case "actor":
    case "caller":
    case "resource":
    case "ip":
    case "user_agent":
    case "request_id":
    case "outcome":
    case "fields_are":
      return text(field, passes);
    case "fields":
      return list(field, (all) => all.some((each) => isPresent || fieldPaths(each).some(passes)));
    case "tag":
      return list("tags", (all) => all.some(passes));
    case "note":
      return list("notes", (all) => all.some(passes));
    case "subjects":
      return (chunk, into) => {
        const part = calls.part(field, chunk);
        if (part) members(part as MembersPart, passes, isPresent, into);
      };
    case "status":
    case "subject_count":
    case "bytes":
    case "duration_ms":
    case "line":
    case "offset":
    case "length":
      return (chunk, into) => {
        const part = calls.part(field, chunk);
        if (part) numbers(part as NumberPart, test, into);
      };
    case "source":
      return sourceTest(calls, test, passes);
    case "duplicate":
      return (chunk, into) => {
        const part = calls.part(field, chunk) as NumberPart | undefined;
        for (let row = 0; row < into.length; row += 1)
          into[row] = test.kind !== "flag" || test.value === (part?.numbers[row] === 1) ? 1 : 0;
      };
    case "finding":
      return findingTest(calls, passes);
    case "level": {
      const wanted = new Set<string>(test.kind === "levels" ? test.levels : []);
      return list("said", (said) =>
        said.some((word, at) => at % 2 === 1 && (test.kind !== "levels" || wanted.has(word))),
      );
    }
    default:
      return never(field);
  }
}

/** A developer is named as the call shows it, or by its id. */
function developerTest(calls: Calls, passes: Passes): ChunkTest {
  return (chunk, into) => {
    const names = calls.part("developer", chunk) as TextPart | undefined;
    const ids = calls.part("developer_id", chunk) as TextPart | undefined;
    if (!names) return;
    const byId = new Uint8Array(into.length);
    if (ids) lookUp(ids, passes, byId);
    lookUp(names, passes, into);
    for (let row = 0; row < into.length; row += 1)
      if (byId[row] === 1 && (names.codes[row] as number) > 0) into[row] = 1;
  };
}

function sourceTest(calls: Calls, test: Test, passes: Passes): ChunkTest {
  const wanted = new Set(
    calls.catalog.sources
      .filter(
        ({ source, file, member }) =>
          (test.kind === "range" && inRange(test, source)) || passes(file) || (member !== undefined && passes(member)),
      )
      .map(({ source }) => source),
  );
  return (chunk, into) => {
    const part = calls.part("source", chunk) as NumberPart | undefined;
    for (let row = 0; row < into.length; row += 1) into[row] = wanted.has(part?.numbers[row] as number) ? 1 : 0;
  };
}

/** A finding is its rule, its developer, and what was decided of it. */
function findingTest(calls: Calls, passes: Passes): ChunkTest {
  const decided = new Map(
    calls.catalog.decisions.map(({ rule, developer_id: id, disposition }) => [JSON.stringify([rule, id]), disposition]),
  );
  const isIn = (rule: string, id: string): boolean =>
    passes(rule) || passes(id) || passes(decided.get(JSON.stringify([rule, id])) ?? "open");
  return (chunk, into) => {
    const said = calls.part("said", chunk) as ListPart | undefined;
    const ids = calls.part("developer_id", chunk) as TextPart | undefined;
    if (!said || !ids) return;
    const known = new Map<number, number>();
    for (let row = 0; row < into.length; row += 1) {
      const [rules, id] = [said.codes[row] as number, ids.codes[row] as number];
      if (rules === 0 || id === 0) continue;
      const pair = rules * (ids.values.length + 1) + id;
      let answer = known.get(pair);
      if (answer === undefined) {
        const words = said.values[rules - 1] as readonly string[];
        answer = words.some((word, at) => at % 2 === 0 && isIn(word, ids.values[id - 1] as string)) ? 1 : 0;
        known.set(pair, answer);
      }
      into[row] = answer;
    }
  };
}
