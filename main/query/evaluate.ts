import type { FieldName } from "../../shared/filter/fields.ts";
import { fieldPaths, inCidr, matcher } from "../../shared/filter/match.ts";
import { namesDuplicate } from "../../shared/filter/resolve.ts";
import { never, type Resolved, type Test } from "../../shared/filter/tree.ts";
import { type CodedColumn, FLAG, OUTCOMES } from "../../shared/model/event.ts";
import { notedMask, taggedMask } from "./annotations.ts";
import { intersect, invert, lookedUp, type Mask, subtract, unite } from "./mask.ts";
import { requestMask } from "./requests.ts";
import { textMask } from "./text.ts";
import type { World } from "./world.ts";

/** The events a filter holds for. Duplicates are left out unless the filter names them. */
export function evaluate(filter: Resolved, world: World): Mask {
  const terms = filter.kind === "and" ? filter.terms : [filter];
  return conjunction(terms, world, namesDuplicate(filter) ? undefined : world.columns.originals);
}

/** Always a fresh mask, which the caller may change. */
function maskOf(filter: Resolved, world: World): Mask {
  switch (filter.kind) {
    case "and":
      return conjunction(filter.terms, world);
    case "or": {
      const mask = new Uint8Array(world.columns.rows);
      for (const term of filter.terms) unite(mask, lent(term, world));
      return mask;
    }
    case "not": {
      const mask = maskOf(filter.term, world);
      invert(mask);
      return mask;
    }
    case "text":
      return textMask(world, filter.segments);
    case "field":
      return isKept(filter) ? lent(filter, world).slice() : fieldMask(filter.field, filter.test, world);
    default:
      return never(filter);
  }
}

/**
 * What all terms hold for, and `within` too. Rows are in time order: terms of time say where the others are looked at, and all
 * before and behind that stays out.
 */
function conjunction(terms: readonly Resolved[], world: World, within?: Mask): Mask {
  const { columns } = world;
  let [from, to] = [0, columns.rows];
  const others: Resolved[] = [];
  for (const term of terms) {
    if (term.kind === "field" && term.field === "time" && term.test.kind === "range") {
      from = Math.max(from, columns.lowerBound(term.test.from));
      to = Math.min(to, columns.lowerBound(term.test.to));
    } else others.push(term);
  }
  const mask = new Uint8Array(columns.rows);
  const first = within ? undefined : (others.find(({ kind }) => kind !== "not") ?? EVERYTHING);
  const start = first ? lent(first, world) : (within as Mask);
  if (from < to) mask.set(start.subarray(from, to), from);
  // each is worked out, though there may be no time to look at: what it refuses is refused
  for (const term of others)
    if (term.kind === "not") subtract(mask, lent(term.term, world), from, to);
    else if (term !== first) intersect(mask, lent(term, world), from, to);
  return mask;
}

const EVERYTHING: Resolved = { kind: "field", field: "time", test: { kind: "present" } };

/** What acts of the case change: tags, notes and decisions are read anew at each question. */
const CHANGING: ReadonlySet<FieldName> = new Set(["tag", "note", "finding"]);

/** Whether what it holds for is kept for the next filter, which most often says the same but for one term. */
function isKept(filter: Resolved): boolean {
  switch (filter.kind) {
    case "and":
    case "or":
      return filter.terms.every(isKept);
    case "not":
      return isKept(filter.term);
    case "text":
      return false;
    case "field":
      // a range of times is worked out sooner than it is found again
      return filter.field !== "time" && !CHANGING.has(filter.field);
    default:
      return never(filter);
  }
}

/** To be read only. */
function lent(filter: Resolved, world: World): Mask {
  if (!isKept(filter)) return maskOf(filter, world);
  return world.kept(JSON.stringify(filter, exactly), () =>
    filter.kind === "field" ? fieldMask(filter.field, filter.test, world) : maskOf(filter, world),
  );
}

/** JSON knows no Infinity. */
const exactly = (_: string, value: unknown) => (typeof value === "number" ? String(value) : value);

const ANY = () => true;

/** Whether a text passes the test; a test that no text can meet passes none. */
function textTest(test: Test): (text: string) => boolean {
  if (test.kind === "present") return ANY;
  if (test.kind === "pattern") return matcher(test.segments);
  if (test.kind === "cidr") return (text) => inCidr(test.cidr, text);
  return () => false;
}

function fieldMask(field: FieldName, test: Test, world: World): Mask {
  const { columns, place } = world;
  switch (field) {
    case "time":
      return timeMask(test, world);
    case "developer":
      return developerMask(textTest(test), world);
    case "app":
    case "api":
    case "operation":
    case "method":
    case "path":
    case "actor":
    case "resource":
    case "ip":
    case "user_agent":
      return lookUp(world, field, textTest(test));
    case "fields":
      return lookUp(world, field, listTest(test, true));
    case "subjects":
      return lookUp(world, field, listTest(test, false));
    case "fields_are":
      return fieldsAreMask(textTest(test), world);
    case "outcome": {
      const passes = textTest(test);
      return lookedUp(
        columns.codes("outcome"),
        Uint8Array.from(OUTCOMES, (outcome) => (passes(outcome) ? 1 : 0)),
      );
    }
    case "status":
    case "subject_count":
    case "bytes":
    case "duration_ms":
    case "line":
    case "offset":
    case "length":
      return numberMask(columns.numbers(field), test);
    case "request_id":
      return requestMask(world, test);
    case "duplicate": {
      const wanted = test.kind === "flag" ? (test.value ? FLAG.duplicate : 0) : -1;
      const flags = columns.codes("flags");
      const mask = new Uint8Array(columns.rows);
      for (let p = 0; p < mask.length; p += 1)
        mask[p] = wanted < 0 || ((flags[p] as number) & FLAG.duplicate) === wanted ? 1 : 0;
      return mask;
    }
    case "source":
      return sourceMask(test, world);
    case "tag":
      return taggedMask(place.db, columns, textTest(test));
    case "note":
      return notedMask(place.db, columns, textTest(test));
    case "finding":
      return world.judged.findings(textTest(test));
    case "level": {
      const levels = world.judged.levels();
      const wanted = test.kind === "levels" ? levelBits(test.levels) : 7;
      const mask = new Uint8Array(columns.rows);
      for (let p = 0; p < mask.length; p += 1) mask[p] = ((levels[p] as number) & wanted) === 0 ? 0 : 1;
      return mask;
    }
    default:
      return never(field);
  }
}

/** Events are attempted (1), possible (2) or obtained (4); `entitled` is said of developers and apps, no call has it. */
const levelBits = (levels: readonly string[]): number =>
  (levels.includes("attempted") ? 1 : 0) |
  (levels.includes("possible") ? 2 : 0) |
  (levels.includes("obtained") ? 4 : 0);

function lookUp(world: World, column: CodedColumn, passes: (text: string) => boolean): Mask {
  return lookedUp(world.columns.codes(column), world.columns.dictionary(column).table(passes));
}

/** A list passes if an element does. `fields` without elements are not known; people without elements are nobody, and known. */
function listTest(test: Test, isFields: boolean): (list: string) => boolean {
  if (test.kind === "present") return isFields ? (list) => list !== "[]" : ANY;
  const passes = textTest(test);
  if (!isFields) return (list) => (JSON.parse(list) as string[]).some(passes);
  return (list) => (JSON.parse(list) as string[]).some((element) => fieldPaths(element).some(passes));
}

/** Rows are in time order: a range of times is a range of rows. */
function timeMask(test: Test, world: World): Mask {
  const mask = new Uint8Array(world.columns.rows);
  if (test.kind === "present") return mask.fill(1);
  if (test.kind !== "range") return mask;
  return mask.fill(1, world.columns.lowerBound(test.from), world.columns.lowerBound(test.to));
}

function numberMask(numbers: Float64Array, test: Test): Mask {
  const mask = new Uint8Array(numbers.length);
  if (test.kind === "present") {
    for (let p = 0; p < mask.length; p += 1) mask[p] = Number.isNaN(numbers[p]) ? 0 : 1;
  } else if (test.kind === "range") {
    const { from, to, fromInclusive, toInclusive } = test;
    // NaN, an absent number, is in no range.
    for (let p = 0; p < mask.length; p += 1) {
      const value = numbers[p] as number;
      mask[p] = (fromInclusive ? value >= from : value > from) && (toInclusive ? value <= to : value < to) ? 1 : 0;
    }
  }
  return mask;
}

/** A developer is named as events show it, or by its id. */
function developerMask(passes: (text: string) => boolean, world: World): Mask {
  const { list, of } = world.owners;
  const table = Uint8Array.from(list, (owner) =>
    owner.shown !== undefined && (passes(owner.shown) || passes(owner.id)) ? 1 : 0,
  );
  return lookedUp(of, table);
}

function fieldsAreMask(passes: (text: string) => boolean, world: World): Mask {
  const known = world.columns.dictionary("fields").table((list) => list !== "[]");
  const fields = world.columns.codes("fields");
  const flags = world.columns.codes("flags");
  const returned = passes("returned");
  const requested = passes("requested");
  const mask = new Uint8Array(world.columns.rows);
  for (let p = 0; p < mask.length; p += 1) {
    const wanted = ((flags[p] as number) & FLAG.requested) === 0 ? returned : requested;
    mask[p] = wanted && known[fields[p] as number] === 1 ? 1 : 0;
  }
  return mask;
}

function sourceMask(test: Test, world: World): Mask {
  const sources = world.place.db.prepare("select id, name, member from source").all() as {
    id: number;
    name: string;
    member: string | null;
  }[];
  const table = new Uint8Array(Math.max(0, ...sources.map((source) => source.id)) + 1);
  const passes = textTest(test);
  for (const { id, name, member } of sources) {
    const inRange =
      test.kind === "range" &&
      (test.fromInclusive ? id >= test.from : id > test.from) &&
      (test.toInclusive ? id <= test.to : id < test.to);
    if (inRange || passes(name) || (member !== null && passes(member))) table[id] = 1;
  }
  return lookedUp(world.columns.codes("source"), table);
}
