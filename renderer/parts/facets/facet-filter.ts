import type { FieldName } from "../../../shared/filter/fields.ts";
import { type Shown, shown } from "../../../shared/filter/shown.ts";
import { absent, exclude, include, only, present } from "../../../shared/filter/splice.ts";
import type { ValueAct } from "./facet-value.tsx";

/** The filter's text after a click on a value of the field. Absent value: calls without the field. */
export function spliced(text: string, field: FieldName, act: ValueAct, value: string | undefined): string {
  if (act === "only") return only(text, field, value as string);
  if (act === "include") return value === undefined ? absent(text, field) : include(text, field, value);
  return value === undefined ? present(text, field) : exclude(text, field, value);
}

/** Whether the filter says anything of the field. */
export const isNamed = ({ included, excluded, absent, present, inText }: Shown): boolean =>
  included.length > 0 || excluded.length > 0 || absent || present || inText;

/** What the filter says of the field; undefined where the text does not parse. */
export const shownOf = (text: string, field: FieldName): Shown | undefined => safely(() => shown(text, field));

/** The splices throw where the text does not parse; the controls then wait. */
export function safely<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}
