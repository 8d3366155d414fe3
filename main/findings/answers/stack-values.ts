import { Refusal } from "../../../shared/base/errors.ts";
import { idKey } from "../../../shared/base/same-id.ts";
import { DAY, HOUR, type Micros, monthOf } from "../../../shared/base/time.ts";
import { fieldPaths } from "../../../shared/filter/match.ts";
import { CALLERS, callerCode, type EncodedColumn, FLAG, OUTCOMES } from "../../../shared/model/event.ts";
import { runsAt, tagsOf } from "../../annotations/labels.ts";
import type { Dataset } from "../../query/dataset.ts";
import { FACETS } from "../../query/results/facets.ts";

/** What a call is counted under: its values of a field, each a number. A call without the field has the value `undefined`. */
export interface StackValues {
  at(position: number): readonly number[];
  readonly texts: readonly (string | undefined)[];
}

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
/** 1970-01-01 was a Thursday, the fourth of them from 0. */
const THURSDAY = 3;

/** Parts of a call's time, in UTC. */
const TIMES: Readonly<Record<string, (time: Micros) => string>> = {
  month: monthOf,
  day: (time) => new Date(time / 1000).toISOString().slice(0, 10),
  weekday: (time) => WEEKDAYS[(((Math.floor(time / DAY) + THURSDAY) % 7) + 7) % 7] as string,
  hour: (time) => String(Math.floor((((time % DAY) + DAY) % DAY) / HOUR)).padStart(2, "0"),
};

const STACK_FIELDS: readonly string[] = [...FACETS, ...Object.keys(TIMES)];

/** @throws Refusal `column-unknown`, and `policy-missing` for levels without a policy */
export function stackValues(dataset: Dataset, field: string): StackValues {
  const { columns } = dataset;
  const timed = TIMES[field];
  if (timed) return named((p) => timed(columns.time[p] as Micros));
  switch (field) {
    case "developer": {
      const { of, list } = dataset.owners;
      return single(
        (p) => of[p] as number,
        list.map((owner) => owner.shown),
      );
    }
    case "outcome":
      return single((p) => columns.codes("outcome")[p] as number, OUTCOMES);
    case "caller":
      return single((p) => callerCode(columns.codes("flags")[p] as number), [undefined, ...CALLERS]);
    case "duplicate":
      return single((p) => (((columns.codes("flags")[p] as number) & FLAG.duplicate) === 0 ? 0 : 1), ["no", "yes"]);
    case "source":
      return named((p) => String(columns.codes("source")[p]));
    case "status": {
      const status = columns.numbers("status");
      return named((p) => (Number.isNaN(status[p] as number) ? undefined : String(status[p])));
    }
    case "fields":
    case "subjects":
      return elements(dataset, field);
    case "level":
      return levels(dataset);
    case "tag":
      return tags(dataset);
    default:
      if (!FACETS.includes(field))
        throw new Refusal(
          "column-unknown",
          `"${field}" cannot be counted by value`,
          `choose one of ${STACK_FIELDS.join(", ")}`,
        );
      return single(
        (p) => columns.codes(field as EncodedColumn)[p] as number,
        columns.dictionary(field as EncodedColumn).all(),
      );
  }
}

/** Numbers as the columns have them; those with the same text are one value. */
function single(numberAt: (position: number) => number, texts: readonly (string | undefined)[]): StackValues {
  const firsts = new Map<string | undefined, number>();
  const own = texts.map((text, number) => {
    const first = firsts.get(text);
    if (first === undefined) firsts.set(text, number);
    return [first ?? number];
  });
  return { at: (p) => own[numberAt(p)] as readonly number[], texts };
}

/** Texts that are numbered as they come. */
function named(textAt: (position: number) => string | undefined): StackValues {
  const numbers = new Map<string | undefined, readonly number[]>();
  const texts: (string | undefined)[] = [];
  return {
    texts,
    at: (p) => {
      const text = textAt(p);
      let number = numbers.get(text);
      if (!number) {
        number = [texts.push(text) - 1];
        numbers.set(text, number);
      }
      return number;
    },
  };
}

/** Each different element of a list. A nested field counts under each name it matches, an id under its first spelling. */
function elements({ columns }: Dataset, field: "fields" | "subjects"): StackValues {
  const lists = columns.dictionary(field);
  const codes = columns.codes(field);
  const values = new Numbers();
  const known = new Map<number, readonly number[]>();
  return {
    texts: values.texts,
    at: (p) => {
      const code = codes[p] as number;
      let numbers = known.get(code);
      if (!numbers) {
        const list = JSON.parse(lists.get(code) ?? "[]") as string[];
        const named =
          field === "fields"
            ? list.flatMap(fieldPaths).map((text) => values.of(text))
            : list.map((id) => values.of(id, idKey(id)));
        numbers = named.length === 0 ? [values.of(undefined)] : [...new Set(named)];
        known.set(code, numbers);
      }
      return numbers;
    },
  };
}

/** Texts, each with a number of its own. `key`: what is the same in texts that are one. */
class Numbers {
  readonly texts: (string | undefined)[] = [];
  readonly #known = new Map<string | undefined, number>();

  of(text: string | undefined, key = text): number {
    let number = this.#known.get(key);
    if (number === undefined) {
      number = this.texts.push(text) - 1;
      this.#known.set(key, number);
    }
    return number;
  }
}

/** Under several rules a call may have several levels. */
function levels(dataset: Dataset): StackValues {
  const bits = dataset.judged.levels();
  const having = Array.from({ length: 8 }, (_, value) =>
    [1, 2, 3].filter((level) => (value & (1 << (level - 1))) !== 0),
  );
  return {
    texts: [undefined, "attempted", "possible", "obtained"],
    at: (p) => {
      const those = having[bits[p] as number] as number[];
      return those.length === 0 ? [0] : those;
    },
  };
}

function tags({ columns, caseFile: { db } }: Dataset): StackValues {
  const names = tagsOf(db);
  const own = new Map<number, number[]>();
  for (const [index, { id }] of names.entries())
    for (const [first, last] of runsAt(db, "tag_run", "tag", id))
      for (let event = first; event <= last; event += 1) {
        const position = columns.positionOf(event);
        const those = own.get(position);
        if (those) those.push(index + 1);
        else own.set(position, [index + 1]);
      }
  const none = [0];
  return { texts: [undefined, ...names.map(({ name }) => name)], at: (p) => own.get(p) ?? none };
}
