import type { FieldName } from "../../../shared/filter/fields.ts";
import { fieldPaths, inCidr, matcher } from "../../../shared/filter/match.ts";
import { namesDuplicate } from "../../../shared/filter/resolve.ts";
import { never, type Resolved, type Test } from "../../../shared/filter/tree.ts";
import { type CodedColumn, FLAG, OUTCOMES } from "../../../shared/model/event.ts";
import { Mask } from "../columns/event-set.ts";
import type { World } from "../dataset.ts";
import { notedMask, taggedMask } from "./annotation-masks.ts";
import { requestMask } from "./request-ids.ts";
import { textMask } from "./text-search.ts";

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
      const mask = Mask.none(world.columns.rows);
      for (const term of filter.terms) mask.unite(lent(term, world));
      return mask;
    }
    case "not": {
      const mask = maskOf(filter.term, world);
      mask.invert();
      return mask;
    }
    case "text":
      return textMask(world, filter.segments);
    case "field":
      return isKept(filter) ? lent(filter, world).copy() : fieldMask(filter.field, filter.test, world);
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
  const first = within ? undefined : (others.find(({ kind }) => kind !== "not") ?? EVERYTHING);
  const mask = (first ? lent(first, world) : (within as Mask)).within(from, to);
  // each is worked out, though there may be no time to look at: what it refuses is refused
  for (const term of others)
    if (term.kind === "not") mask.subtract(lent(term.term, world), from, to);
    else if (term !== first) mask.intersect(lent(term, world), from, to);
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
  const { columns, caseFile } = world;
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
      return Mask.lookedUp(
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
    case "duplicate":
      return flagged(
        world,
        (flags) => test.kind !== "flag" || test.value === ((flags & FLAG.duplicate) === FLAG.duplicate),
      );
    case "source":
      return sourceMask(test, world);
    case "tag":
      return taggedMask(caseFile.db, columns, textTest(test));
    case "note":
      return notedMask(caseFile.db, columns, textTest(test));
    case "finding":
      return world.judged.findings(textTest(test));
    case "level": {
      const wanted = test.kind === "levels" ? levelBits(test.levels) : 7;
      return Mask.lookedUp(
        world.judged.levels(),
        Uint8Array.from({ length: 8 }, (_, bits) => ((bits & wanted) === 0 ? 0 : 1)),
      );
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
  return Mask.lookedUp(world.columns.codes(column), world.columns.dictionary(column).table(passes));
}

/** Events whose flags pass. */
const flagged = (world: World, passes: (flags: number) => boolean): Mask =>
  Mask.lookedUp(
    world.columns.codes("flags"),
    Uint8Array.from({ length: 256 }, (_, flags) => (passes(flags) ? 1 : 0)),
  );

/** A list passes if an element does. `fields` without elements are not known; people without elements are nobody, and known. */
function listTest(test: Test, isFields: boolean): (list: string) => boolean {
  if (test.kind === "present") return isFields ? (list) => list !== "[]" : ANY;
  const passes = textTest(test);
  if (!isFields) return (list) => (JSON.parse(list) as string[]).some(passes);
  return (list) => (JSON.parse(list) as string[]).some((element) => fieldPaths(element).some(passes));
}

/** Rows are in time order: a range of times is a range of rows. */
function timeMask(test: Test, world: World): Mask {
  const { columns } = world;
  if (test.kind === "present") return Mask.range(columns.rows, 0, columns.rows);
  if (test.kind !== "range") return Mask.none(columns.rows);
  return Mask.range(columns.rows, columns.lowerBound(test.from), columns.lowerBound(test.to));
}

/** NaN, an absent number, is in no range. */
function numberMask(numbers: Float64Array, test: Test): Mask {
  if (test.kind === "present")
    return Mask.between(numbers, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, true, true);
  if (test.kind !== "range") return Mask.none(numbers.length);
  return Mask.between(numbers, test.from, test.to, test.fromInclusive, test.toInclusive);
}

/** A developer is named as events show it, or by its id. */
function developerMask(passes: (text: string) => boolean, world: World): Mask {
  const { list, of } = world.owners;
  const table = Uint8Array.from(list, (owner) =>
    owner.shown !== undefined && (passes(owner.shown) || passes(owner.id)) ? 1 : 0,
  );
  return Mask.lookedUp(of, table);
}

function fieldsAreMask(passes: (text: string) => boolean, world: World): Mask {
  const mask = flagged(world, (flags) => passes((flags & FLAG.requested) === 0 ? "returned" : "requested"));
  mask.intersect(lookUp(world, "fields", (list) => list !== "[]"));
  return mask;
}

function sourceMask(test: Test, world: World): Mask {
  const sources = world.caseFile.db.prepare("select id, name, member from source").all() as {
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
  return Mask.lookedUp(world.columns.codes("source"), table);
}
