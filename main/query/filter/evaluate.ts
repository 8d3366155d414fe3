import { Refusal } from "../../../shared/base/errors.ts";
import { figure } from "../../../shared/base/figure.ts";
import type { FieldName } from "../../../shared/filter/fields.ts";
import { fieldPaths, inCidr, matcher } from "../../../shared/filter/match.ts";
import { namesDuplicate } from "../../../shared/filter/resolve.ts";
import { never, type Resolved, type Test } from "../../../shared/filter/tree.ts";
import { wordsJoined } from "../../../shared/filter/words.ts";
import { callerOf, type EncodedColumn, FLAG, OUTCOMES } from "../../../shared/model/event.ts";
import { EventSet } from "../columns/event-set.ts";
import type { Dataset } from "../dataset.ts";
import { demandLabels } from "../demand-tables.ts";
import { notedEvents, taggedEvents } from "./annotation-masks.ts";
import { eventsOfRequests } from "./request-ids.ts";
import { eventsWithText } from "./text-search.ts";

/** The events that match a filter. Duplicates are left out unless the filter names them. */
export function evaluate(filter: Resolved, dataset: Dataset): EventSet {
  const reads = readsOf(filter);
  if (reads > MAX_READS)
    throw new Refusal(
      "filter-wrong",
      `The filter has ${figure(reads)} texts or request ids that each read every call`,
      `ask with ${MAX_READS} at a time; plain words that are joined by \`or\` count as one`,
    );
  const terms = filter.kind === "and" ? filter.terms : [filter];
  return conjunction(terms, dataset, namesDuplicate(filter) ? undefined : dataset.columns.originals);
}

/** Terms of one filter that read every call, each by itself. With more of them a question takes minutes, and nobody writes it by hand. */
const MAX_READS = 200;

function readsOf(filter: Resolved): number {
  switch (filter.kind) {
    case "and":
      return filter.terms.reduce((sum, term) => sum + readsOf(term), 0);
    case "or": {
      const { words, others } = wordsJoined(filter.terms);
      const patterns = words.filter(({ length }) => length > 1).length;
      return Math.max(patterns, words.length > 0 ? 1 : 0) + others.reduce((sum, term) => sum + readsOf(term), 0);
    }
    case "not":
      return readsOf(filter.term);
    case "text":
      return 1;
    case "field":
      return filter.field === "request_id" ? 1 : 0;
    default:
      return never(filter);
  }
}

/** Always a new set, which the caller may change. */
function setOf(filter: Resolved, dataset: Dataset): EventSet {
  switch (filter.kind) {
    case "and":
      return conjunction(filter.terms, dataset);
    case "or": {
      const { words, others } = wordsJoined(filter.terms);
      const set = words.length > 0 ? eventsWithText(dataset, words) : EventSet.none(dataset.columns.rows);
      for (const term of others) set.unite(lent(term, dataset));
      return set;
    }
    case "not": {
      const set = setOf(filter.term, dataset);
      set.invert();
      return set;
    }
    case "text":
      return eventsWithText(dataset, [filter.segments]);
    case "field":
      return isKept(filter) ? lent(filter, dataset).copy() : fieldSet(filter.field, filter.test, dataset);
    default:
      return never(filter);
  }
}

/**
 * The events that match all terms and lie in `within`. Rows are in time order, so the terms of time give a range of rows, and
 * the other terms are evaluated in that range only.
 */
function conjunction(terms: readonly Resolved[], dataset: Dataset, within?: EventSet): EventSet {
  const { columns } = dataset;
  let [from, to] = [0, columns.rows];
  const others: Resolved[] = [];
  for (const term of terms) {
    if (term.kind === "field" && term.field === "time" && term.test.kind === "range") {
      from = Math.max(from, columns.lowerBound(term.test.from));
      to = Math.min(to, columns.lowerBound(term.test.to));
    } else others.push(term);
  }
  const first = within ? undefined : (others.find(({ kind }) => kind !== "not") ?? EVERYTHING);
  const set = (first ? lent(first, dataset) : (within as EventSet)).within(from, to);
  // Each term is evaluated even where the range is empty, so that what it refuses is refused.
  for (const term of others)
    if (term.kind === "not") set.subtract(lent(term.term, dataset), from, to);
    else if (term !== first) set.intersect(lent(term, dataset), from, to);
  return set;
}

const EVERYTHING: Resolved = { kind: "field", field: "time", test: { kind: "present" } };

/** Fields that acts on the case change. Tags, notes and decisions are read again for every question. */
const CHANGING_FIELDS: ReadonlySet<FieldName> = new Set(["tag", "note", "finding"]);

/** Whether the result is kept for the next filter. Most often the next filter differs in one term only. */
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
      // A range of times is computed faster than it is looked up.
      return filter.field !== "time" && !CHANGING_FIELDS.has(filter.field);
    default:
      return never(filter);
  }
}

/** A set that must not be changed. */
function lent(filter: Resolved, dataset: Dataset): EventSet {
  if (!isKept(filter)) return setOf(filter, dataset);
  return dataset.kept(JSON.stringify(filter, exactly), () =>
    filter.kind === "field" ? fieldSet(filter.field, filter.test, dataset) : setOf(filter, dataset),
  );
}

/** JSON knows no Infinity. */
const exactly = (_: string, value: unknown) => (typeof value === "number" ? String(value) : value);

const ANY = () => true;

/** Whether a text passes the test. A test that is not about texts passes none. */
function textTest(test: Test): (text: string) => boolean {
  if (test.kind === "present") return ANY;
  if (test.kind === "pattern") return matcher(test.segments);
  if (test.kind === "cidr") return (text) => inCidr(test.cidr, text);
  return () => false;
}

function fieldSet(field: FieldName, test: Test, dataset: Dataset): EventSet {
  const { columns, caseFile } = dataset;
  switch (field) {
    case "time":
      return timeSet(test, dataset);
    case "developer":
      return developerSet(textTest(test), dataset);
    case "app":
    case "api":
    case "operation":
    case "method":
    case "path":
    case "actor":
    case "resource":
    case "ip":
    case "user_agent":
      return lookUp(dataset, field, textTest(test));
    case "fields":
      return lookUp(dataset, field, listTest(test, true));
    case "subjects":
      return lookUp(dataset, field, listTest(test, false));
    case "fields_are":
      return fieldsAreMask(textTest(test), dataset);
    case "outcome": {
      const passes = textTest(test);
      return EventSet.lookedUp(
        columns.codes("outcome"),
        Uint8Array.from(OUTCOMES, (outcome) => (passes(outcome) ? 1 : 0)),
      );
    }
    case "caller": {
      const passes = textTest(test);
      return flagged(dataset, (flags) => {
        const caller = callerOf(flags);
        return caller !== undefined && passes(caller);
      });
    }
    case "status":
    case "subject_count":
    case "bytes":
    case "duration_ms":
    case "line":
    case "offset":
    case "length":
      return numberSet(columns.numbers(field), test);
    case "request_id":
      return eventsOfRequests(dataset, test);
    case "duplicate":
      return flagged(
        dataset,
        (flags) => test.kind !== "flag" || test.value === ((flags & FLAG.duplicate) === FLAG.duplicate),
      );
    case "source":
      return sourceSet(test, dataset);
    case "tag":
      demandLabels(caseFile);
      return taggedEvents(caseFile.db, columns, textTest(test));
    case "note":
      demandLabels(caseFile);
      return notedEvents(caseFile.db, columns, textTest(test));
    case "finding":
      return dataset.judged.findings(textTest(test));
    case "level": {
      const wanted = test.kind === "levels" ? levelBits(test.levels) : 7;
      return EventSet.lookedUp(
        dataset.judged.levels(),
        Uint8Array.from({ length: 8 }, (_, bits) => ((bits & wanted) === 0 ? 0 : 1)),
      );
    }
    default:
      return never(field);
  }
}

/** Events are attempted (1), possible (2) or obtained (4). `entitled` is a level of developers and apps; no call has it. */
const levelBits = (levels: readonly string[]): number =>
  (levels.includes("attempted") ? 1 : 0) |
  (levels.includes("possible") ? 2 : 0) |
  (levels.includes("obtained") ? 4 : 0);

function lookUp(dataset: Dataset, column: EncodedColumn, passes: (text: string) => boolean): EventSet {
  return EventSet.lookedUp(dataset.columns.codes(column), dataset.columns.dictionary(column).table(passes));
}

/** Events whose flags pass. */
const flagged = (dataset: Dataset, passes: (flags: number) => boolean): EventSet =>
  EventSet.lookedUp(
    dataset.columns.codes("flags"),
    Uint8Array.from({ length: 256 }, (_, flags) => (passes(flags) ? 1 : 0)),
  );

/** A list passes if one of its elements does. Empty `fields` means unknown; an empty list of people means nobody. */
function listTest(test: Test, isFields: boolean): (list: string) => boolean {
  if (test.kind === "present") return isFields ? (list) => list !== "[]" : ANY;
  const passes = textTest(test);
  if (!isFields) return (list) => (JSON.parse(list) as string[]).some(passes);
  return (list) => (JSON.parse(list) as string[]).some((element) => fieldPaths(element).some(passes));
}

/** Rows are in time order: a range of times is a range of rows. */
function timeSet(test: Test, dataset: Dataset): EventSet {
  const { columns } = dataset;
  if (test.kind === "present") return EventSet.range(columns.rows, 0, columns.rows);
  if (test.kind !== "range") return EventSet.none(columns.rows);
  return EventSet.range(columns.rows, columns.lowerBound(test.from), columns.lowerBound(test.to));
}

/** NaN, an absent number, is in no range. */
function numberSet(numbers: Float64Array, test: Test): EventSet {
  if (test.kind === "present")
    return EventSet.between(numbers, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, true, true);
  if (test.kind !== "range") return EventSet.none(numbers.length);
  return EventSet.between(numbers, test.from, test.to, test.fromInclusive, test.toInclusive);
}

/** A developer is named as events show it, or by its id. */
function developerSet(passes: (text: string) => boolean, dataset: Dataset): EventSet {
  const { list, of } = dataset.owners;
  const table = Uint8Array.from(list, (owner) =>
    owner.shown !== undefined && (passes(owner.shown) || passes(owner.id)) ? 1 : 0,
  );
  return EventSet.lookedUp(of, table);
}

function fieldsAreMask(passes: (text: string) => boolean, dataset: Dataset): EventSet {
  const set = flagged(dataset, (flags) => passes((flags & FLAG.requested) === 0 ? "returned" : "requested"));
  set.intersect(lookUp(dataset, "fields", (list) => list !== "[]"));
  return set;
}

function sourceSet(test: Test, dataset: Dataset): EventSet {
  const sources = dataset.caseFile.db.prepare("select id, name, member from source").all() as {
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
  return EventSet.lookedUp(dataset.columns.codes("source"), table);
}
