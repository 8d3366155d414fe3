import { Refusal } from "../../../shared/base/errors.ts";
import { FIELD_NAMES, type FieldName } from "../../../shared/filter/fields.ts";
import { fold } from "../../../shared/filter/match.ts";
import { shown } from "../../../shared/filter/shown.ts";
import { clear } from "../../../shared/filter/splice.ts";
import type { FacetValues, ValueCount } from "../../../shared/model/explore.ts";
import { FACETS, facet } from "../../query/results/facets.ts";
import type { Session } from "../session/session.ts";

/** Values of a field that hold a text, the most frequent first. Without a filter: of the whole case. */
export function valuesOf(
  session: Session,
  input: { filter: string; field: string; contains: string; limit: number; within?: boolean | undefined },
): FacetValues {
  const field = fieldOf(input.field);
  const wanted = fold(input.contains);
  const all = listOf(session, input.within ? input.filter : clear(input.filter, field), field);
  const rankOf = ({ value = "" }: ValueCount) => fold(value).indexOf(wanted);
  const found = all.filter((each) => each.value !== undefined && rankOf(each) >= 0);
  // what begins with the text comes before what only holds it
  const first = found.filter((each) => rankOf(each) === 0).slice(0, input.limit);
  const others = found.filter((each) => rankOf(each) > 0).slice(0, input.limit - first.length);
  return { values: [...first, ...others], distinct: found.length };
}

/** The most frequent values of a field, and those that the filter names. @param within counted within the whole filter, not without its terms of this field */
export function facetOf(session: Session, filter: string, name: string, limit: number, within: boolean): FacetValues {
  const field = fieldOf(name);
  const all = listOf(session, within ? filter : clear(filter, field), field);
  const values = all.slice(0, limit);
  // What the filter names is always listed, so that it can be removed again.
  const { included, excluded } = shown(filter, field);
  for (const wanted of [...included, ...excluded]) {
    const isIt = ({ value }: ValueCount) => value !== undefined && fold(value) === fold(wanted);
    if (!values.some(isIt)) values.push(all.find(isIt) ?? { value: wanted, count: 0 });
  }
  return { values, distinct: all.filter((each) => each.value !== undefined).length };
}

function listOf(session: Session, text: string, field: FieldName): readonly ValueCount[] {
  return session.remembered(JSON.stringify([field, text]), () =>
    facet(session.inquiry.dataset, field, session.selection(text)),
  );
}

function fieldOf(name: string): FieldName {
  if (FACETS.includes(name) && (FIELD_NAMES as readonly string[]).includes(name)) return name as FieldName;
  throw new Refusal("column-unknown", `"${name}" cannot be counted by value`, `choose one of ${FACETS.join(", ")}`);
}
