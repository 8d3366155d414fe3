import type { MappedField } from "../../../shared/model/event.ts";
import type { Plan } from "../mapping/plan.ts";
import { fieldNamed, nameKey } from "../mapping/synonyms.ts";

/** A number, a date, a clock or an address: nobody calls a column so. */
const DATA =
  /^\s*(?:[-+]?\d+(?:[.,]\d+)?|\d{4}-\d\d-\d\d.*|\d\d?[/.]\d\d?[/.]\d{2,4}.*|\d\d?:\d\d(?::\d\d.*)?|\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?)\s*$/u;

export const isData = (cell: string): boolean => DATA.test(cell);

/** Whether a row of a table is its header again: most of its cells are names, of the table or such as need no mapping. */
export function isHeaderAgain(cells: readonly string[], known: ReadonlySet<string>): boolean {
  const names = cells.filter((cell) => cell.trim() !== "");
  if (names.length === 0 || names.some(isData)) return false;
  const met = new Set(names.map(nameKey).filter((key) => known.has(key) || fieldNamed(key) !== undefined));
  return met.size >= Math.min(2, known.size) && met.size * 2 >= names.length;
}

/** Which input a column fills under a header. */
export interface Assigned {
  /** By column, -1: none. */
  readonly slots: Int32Array;
  /** Inputs that no column of the header fills. */
  readonly open: readonly number[];
  /** Names that would fill a field, had the first header had one of them. */
  readonly unread: readonly string[];
}

/** A table's columns under any header that it may have further down. */
export class TableColumns {
  readonly #plan: Plan;

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  /** Inputs that no column of the first header fills. */
  openOf(slots: Int32Array): number[] {
    return [...this.#plan.inputs.keys()].filter((input) => !slots.includes(input));
  }

  assign(names: readonly string[]): Assigned {
    const { inputs } = this.#plan;
    const slots = new Int32Array(names.length).fill(-1);
    const keys = names.map(nameKey);
    const open = new Set(inputs.keys());
    inputs.forEach((input, index) => {
      if (input.kind !== "named" || input.column < 0) return;
      const exact = names.indexOf(input.name);
      const column = exact >= 0 ? exact : keys.indexOf(nameKey(input.name));
      if (column < 0 || slots[column] !== -1) return;
      slots[column] = index;
      open.delete(index);
    });
    const unread: string[] = [];
    names.forEach((name, column) => {
      const field = slots[column] === -1 ? fieldNamed(name)?.field : undefined;
      if (field === undefined) return;
      const input = this.#inputsOf(field).find((each) => open.has(each));
      if (input !== undefined) {
        slots[column] = input;
        open.delete(input);
      } else if (!this.#inputsOf(field).some((each) => !open.has(each))) unread.push(name);
    });
    return { slots, open: [...open], unread };
  }

  /** Inputs that fill a field under a name that needs no mapping. */
  #inputsOf(field: MappedField): number[] {
    const { fields, inputs } = this.#plan;
    const origins = fields.find((plan) => plan.field === field)?.origins ?? [];
    return origins.flatMap((origin) => {
      const input = origin.kind === "input" && origin.rest.length === 0 ? inputs[origin.input] : undefined;
      return input?.kind === "named" && fieldNamed(input.name)?.field === field && origin.kind === "input"
        ? [origin.input]
        : [];
    });
  }
}
