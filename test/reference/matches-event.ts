import { periodOf } from "../../shared/base/period.ts";
import type { FieldName } from "../../shared/filter/fields.ts";
import { contains, fieldPaths, inCidr, matcher } from "../../shared/filter/match.ts";
import { namesDuplicate } from "../../shared/filter/resolve.ts";
import { never, type Resolved, type Test } from "../../shared/filter/tree.ts";
import type { EventRecord } from "../../shared/model/event.ts";
import type { Level } from "../../shared/model/level.ts";

/** What a filter can ask about an event beside its record. */
export interface Surroundings {
  /** The original line. */
  readonly line: string;
  /** What its source may be called: file name, path inside an archive. */
  readonly sourceNames?: readonly string[];
  /** Of every finding it counts in: rule id, developer id, disposition. */
  readonly findings?: readonly string[];
  /** What the rules say about it. */
  readonly levels?: readonly Level[];
}

/** Whether a filter holds for an event: one event at a time, plainly. Duplicates are left out unless the filter names them. */
export function matchesEvent(filter: Resolved, event: EventRecord, around: Surroundings): boolean {
  if (event.duplicate && !namesDuplicate(filter)) return false;
  return holds(filter, event, around);
}

function holds(filter: Resolved, event: EventRecord, around: Surroundings): boolean {
  switch (filter.kind) {
    case "and":
      return filter.terms.every((term) => holds(term, event, around));
    case "or":
      return filter.terms.some((term) => holds(term, event, around));
    case "not":
      return !holds(filter.term, event, around);
    case "text":
      return contains(filter.segments)(around.line);
    case "field":
      return passes(filter.test, filter.field, event, around);
    default:
      return never(filter);
  }
}

function passes(test: Test, field: FieldName, event: EventRecord, around: Surroundings): boolean {
  switch (test.kind) {
    case "present":
      return isPresent(field, event, around);
    case "pattern":
      return textsOf(field, event, around).some(matcher(test.segments));
    case "range": {
      const value = field === "time" ? microsOf(event.time) : event[field as "status"];
      if (value === undefined) return false;
      const isAfter = test.fromInclusive ? value >= test.from : value > test.from;
      return isAfter && (test.toInclusive ? value <= test.to : value < test.to);
    }
    case "cidr":
      return event.ip !== undefined && inCidr(test.cidr, event.ip);
    case "flag":
      return test.value === (event.duplicate === true);
    case "levels":
      return test.levels.some((level) => around.levels?.includes(level));
    default:
      return never(test);
  }
}

function isPresent(field: FieldName, event: EventRecord, around: Surroundings): boolean {
  switch (field) {
    case "duplicate":
      return true;
    case "tag":
    case "note":
    case "finding":
      return textsOf(field, event, around).length > 0;
    case "level":
      return (around.levels ?? []).length > 0;
    case "fields":
      return (event.fields ?? []).length > 0;
    default:
      return event[field] !== undefined;
  }
}

/** The texts of which one has to match. */
function textsOf(field: FieldName, event: EventRecord, around: Surroundings): readonly string[] {
  switch (field) {
    case "tag":
      return event.tags ?? [];
    case "note":
      return event.notes ?? [];
    case "finding":
      return around.findings ?? [];
    case "source":
      return around.sourceNames ?? [];
    case "fields":
      return (event.fields ?? []).flatMap(fieldPaths);
    case "subjects":
      return event.subjects ?? [];
    case "level":
      return around.levels ?? [];
    default: {
      const value = event[field];
      return value === undefined ? [] : [String(value)];
    }
  }
}

function microsOf(time: string): number | undefined {
  const period = periodOf(time);
  return "from" in period ? period.from : undefined;
}
