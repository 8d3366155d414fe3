import type { Micros } from "../../../shared/base/time.ts";
import type { FieldName } from "../../../shared/filter/fields.ts";
import { fieldPaths, inCidr, matcher } from "../../../shared/filter/match.ts";
import { namesDuplicate } from "../../../shared/filter/resolve.ts";
import { never, type Resolved, type Segments, type Test } from "../../../shared/filter/tree.ts";
import type { EventRecord } from "../../../shared/model/event.ts";
import type { Level } from "../../../shared/model/level.ts";

/** What a filter can ask of a call's record. */
export type AskedEvent = { readonly [Name in keyof EventRecord]?: EventRecord[Name] | undefined };

/** What a filter can ask of a call beside its record. */
export interface Beside {
  readonly time: Micros;
  readonly developerId: string;
  /** Of the rules that the call counts under. */
  readonly levels: readonly Level[];
  /** Of every finding it counts in: rule, developer and disposition. */
  readonly findings: () => readonly string[];
  /** What its source may be called: file name, path inside an archive. */
  readonly sourceNames: readonly string[];
  /** Whether the original line holds a text. */
  readonly holds: (text: Segments) => boolean;
}

export type RowTest = (event: AskedEvent, beside: Beside) => boolean;

/**
 * A filter for one call at a time, where there are no columns: of a bundle's own rows. It says of each what `evaluate` says
 * of a case. Duplicates are left out unless the filter names them.
 */
export function rowTest(filter: Resolved): RowTest {
  const test = compiled(filter);
  return namesDuplicate(filter) ? test : (event, beside) => event.duplicate !== true && test(event, beside);
}

/** The texts that a filter seeks in original lines. */
export function textsIn(filter: Resolved): readonly Segments[] {
  switch (filter.kind) {
    case "and":
    case "or":
      return filter.terms.flatMap(textsIn);
    case "not":
      return textsIn(filter.term);
    case "text":
      return [filter.segments];
    case "field":
      return [];
    default:
      return never(filter);
  }
}

function compiled(filter: Resolved): RowTest {
  switch (filter.kind) {
    case "and": {
      const tests = filter.terms.map(compiled);
      return (event, beside) => tests.every((test) => test(event, beside));
    }
    case "or": {
      const { values, others } = pointsOf(filter.terms);
      const tests = others.map(compiled);
      return (event, beside) => {
        for (const [field, wanted] of values) if (wanted.has(event[field] ?? Number.NaN)) return true;
        return tests.some((test) => test(event, beside));
      };
    }
    case "not": {
      const test = compiled(filter.term);
      return (event, beside) => !test(event, beside);
    }
    case "text":
      return (_, beside) => beside.holds(filter.segments);
    case "field":
      return fieldTest(filter.field, filter.test);
    default:
      return never(filter);
  }
}

type NumberField = "status" | "subject_count" | "bytes" | "duration_ms" | "line" | "offset" | "length" | "source";
const NUMBERS: ReadonlySet<FieldName> = new Set<NumberField>([
  "status",
  "subject_count",
  "bytes",
  "duration_ms",
  "line",
  "offset",
  "length",
]);

/** Of terms joined by `or`, the single numbers of a field, which may be thousands: they are looked up at once. */
function pointsOf(terms: readonly Resolved[]) {
  const values = new Map<NumberField, Set<number>>();
  const others: Resolved[] = [];
  for (const term of terms) {
    const test = term.kind === "field" && NUMBERS.has(term.field) ? term.test : undefined;
    if (
      term.kind === "field" &&
      test?.kind === "range" &&
      test.from === test.to &&
      test.fromInclusive &&
      test.toInclusive
    ) {
      const field = term.field as NumberField;
      const known = values.get(field);
      if (known) known.add(test.from);
      else values.set(field, new Set([test.from]));
    } else others.push(term);
  }
  return { values, others };
}

/** Whether a text passes the test. A test that is not about texts passes none. */
function textTest(test: Test): (text: string) => boolean {
  if (test.kind === "present") return () => true;
  if (test.kind === "pattern") return remembered(matcher(test.segments));
  if (test.kind === "cidr") return (text) => inCidr(test.cidr, text);
  return () => false;
}

/** Texts whose answers are kept: most fields have few. */
const MAX_KEPT = 10_000;

function remembered(passes: (text: string) => boolean): (text: string) => boolean {
  const kept = new Map<string, boolean>();
  return (text) => {
    let answer = kept.get(text);
    if (answer === undefined) {
      answer = passes(text);
      if (kept.size >= MAX_KEPT) kept.clear();
      kept.set(text, answer);
    }
    return answer;
  };
}

const inRange = (test: Test, value: number | undefined): boolean =>
  test.kind === "range" &&
  value !== undefined &&
  (test.fromInclusive ? value >= test.from : value > test.from) &&
  (test.toInclusive ? value <= test.to : value < test.to);

function fieldTest(field: FieldName, test: Test): RowTest {
  const isPresent = test.kind === "present";
  const passes = textTest(test);
  switch (field) {
    case "time":
      if (isPresent) return () => true;
      if (test.kind !== "range") return () => false;
      return (_, { time }) => time >= test.from && time < test.to;
    case "developer":
      return ({ developer }, { developerId }) => developer !== undefined && (passes(developer) || passes(developerId));
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
      return (event) => {
        const text = event[field];
        return text !== undefined && passes(text);
      };
    case "fields":
      return ({ fields }) => fields?.some((each) => isPresent || fieldPaths(each).some(passes)) === true;
    case "subjects":
      return ({ subjects }) => subjects !== undefined && (isPresent || subjects.some(passes));
    case "status":
    case "subject_count":
    case "bytes":
    case "duration_ms":
    case "line":
    case "offset":
    case "length":
      return isPresent ? (event) => event[field] !== undefined : (event) => inRange(test, event[field]);
    case "duplicate":
      return (event) => test.kind !== "flag" || test.value === (event.duplicate === true);
    case "source":
      return ({ source }, { sourceNames }) => inRange(test, source) || sourceNames.some(passes);
    case "tag":
      return ({ tags = [] }) => tags.some(passes);
    case "note":
      return ({ notes = [] }) => notes.some(passes);
    case "finding":
      return (_, beside) => beside.findings().some(passes);
    case "level": {
      if (test.kind !== "levels") return (_, { levels }) => levels.length > 0;
      const wanted = new Set<string>(test.levels);
      return (_, { levels }) => levels.some((level) => wanted.has(level));
    }
    default:
      return never(field);
  }
}
