import type { EncodedColumn, MappedField, NumberColumn } from "../../../shared/model/event.ts";
import { compilePattern, type Pattern } from "../mapping/patterns.ts";
import { isEncoded, type Origin, type Plan } from "../mapping/plan.ts";
import { CHOICE_WORDS, choiceSaid, isChoice } from "./choices.ts";
import { type ColumnBuffers, NO_CHOICE, NO_VALUE } from "./column-buffers.ts";
import type { RawColumn, RecordOrigin, Rows } from "./raw-column.ts";
import type { ValueColumn } from "./text-column.ts";
import { ValueMemo } from "./value-memo.ts";
import { listOf, numberIn } from "./values.ts";

/** Neither field nor raw: it never holds. */
interface Condition {
  readonly field?: MappedField;
  readonly raw?: RawColumn;
  readonly pattern: Pattern;
  readonly memo: ValueMemo;
  readonly numbers: Map<number, boolean>;
}

interface Rule {
  readonly when: Condition[];
  readonly set: readonly (readonly [MappedField, string])[];
}

/** The mapping's rules: where all patterns of a rule hold, it fills what is still empty. */
export class MappingRules {
  readonly #rules: readonly Rule[];
  readonly #must: readonly Condition[][];
  readonly #columns: Record<EncodedColumn, ValueColumn>;
  readonly #filled: ColumnBuffers;

  /** `raw`: the column of an origin in the record, shared with the fields that read it. */
  constructor(
    { rules, must = [] }: Pick<Plan, "rules" | "must">,
    raw: (origin: RecordOrigin) => RawColumn,
    columns: Record<EncodedColumn, ValueColumn>,
    filled: ColumnBuffers,
  ) {
    this.#columns = columns;
    this.#filled = filled;
    this.#must = must.map((when) => when.map(([origin, source]) => conditionOf(origin, source, raw)));
    this.#rules = rules.map((rule) => ({
      when: rule.when.map(([origin, source]) => conditionOf(origin, source, raw)),
      set: rule.set,
    }));
  }

  apply(rows: Rows): void {
    for (const rule of this.#rules) this.#applyRule(rule, rows);
  }

  /** How many rows have what a record of the format must have. */
  signed(rows: Rows): number {
    for (const conditions of this.#must) this.#read(conditions, rows);
    let signed = 0;
    for (let k = 0; k < rows.count; k++)
      if (this.#must.some((conditions) => conditions.every((condition) => this.#holds(condition, k)))) signed++;
    return signed;
  }

  #read(conditions: readonly Condition[], rows: Rows): void {
    for (const { field, raw, memo } of conditions) {
      raw?.read(rows);
      const dictionary = raw?.dictionary ?? (field && isEncoded(field) ? this.#columns[field].dictionary : undefined);
      if (dictionary) memo.fit(dictionary.size, dictionary.generation);
    }
  }

  #applyRule(rule: Rule, rows: Rows): void {
    const { count } = rows;
    const settings = rule.set.map(([field, value]) => this.#setting(field, value));
    this.#read(rule.when, rows);
    for (let k = 0; k < count; k++) {
      if (!settings.some((setting) => setting.isEmpty(k))) continue;
      if (!rule.when.every((condition) => this.#holds(condition, k))) continue;
      for (const setting of settings) if (setting.isEmpty(k)) setting.put(k);
    }
  }

  #setting(field: MappedField, value: string): { isEmpty(k: number): boolean; put(k: number): void } {
    if (isEncoded(field)) {
      const indexes = this.#filled.indexes[field];
      const isList = field === "fields" || field === "subjects";
      const index = this.#columns[field].text(
        isList ? (listOf({ text: value, json: false }, undefined)?.text ?? "[]") : value,
      );
      return {
        isEmpty: (k) => indexes[k] === NO_VALUE,
        put: (k) => {
          indexes[k] = index;
        },
      };
    }
    if (isChoice(field)) {
      const said = choiceSaid(field, value);
      // An outcome in another word is one that is not known; what called is not known where nothing is set.
      const choice = said >= 0 ? said : field === "outcome" ? 0 : NO_CHOICE;
      return {
        isEmpty: (k) => this.#filled[field][k] === NO_CHOICE,
        put: (k) => {
          this.#filled[field][k] = choice;
        },
      };
    }
    const numbers = this.#filled.numbers[field as NumberColumn];
    const number = numberIn(field, value);
    return {
      isEmpty: (k) => Number.isNaN(numbers[k]),
      put: (k) => {
        numbers[k] = number;
      },
    };
  }

  #holds({ field, raw, pattern, memo, numbers }: Condition, k: number): boolean {
    if (raw || (field && isEncoded(field))) {
      const index = (raw ? raw.indexes[k] : this.#filled.indexes[field as EncodedColumn][k]) as number;
      if (index < 0) return false;
      let value = memo.values[index] as number;
      if (value === 0) {
        const text = raw ? raw.found(index)?.text : this.#columns[field as EncodedColumn].textOf(index);
        value = text !== undefined && pattern.test(text) ? 1 : 2;
        memo.values[index] = value;
      }
      return value === 1;
    }
    if (!field) return false;
    const words = isChoice(field) ? CHOICE_WORDS[field] : undefined;
    const value = (isChoice(field) ? this.#filled[field][k] : this.#filled.numbers[field as NumberColumn][k]) as number;
    if (words ? value === NO_CHOICE : Number.isNaN(value)) return false;
    let known = numbers.get(value);
    if (known === undefined) {
      known = pattern.test(words ? (words[value] as string) : String(value));
      if (numbers.size < 10_000) numbers.set(value, known);
    }
    return known;
  }
}

function conditionOf(origin: Origin | undefined, source: string, raw: (origin: RecordOrigin) => RawColumn): Condition {
  const shared = { pattern: compilePattern(source), memo: new ValueMemo(), numbers: new Map<number, boolean>() };
  if (origin?.kind === "field") return { ...shared, field: origin.field };
  return origin && origin.kind !== "joined" ? { ...shared, raw: raw(origin) } : shared;
}
