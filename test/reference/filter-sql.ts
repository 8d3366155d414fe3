import type { Database } from "better-sqlite3";
import type { FieldName } from "../../shared/filter/fields.ts";
import { fieldPaths, inCidr, matcher } from "../../shared/filter/match.ts";
import { namesDuplicate } from "../../shared/filter/resolve.ts";
import { never, type Resolved, type Test } from "../../shared/filter/tree.ts";

/** A condition on the view `event` (its alias is `event`), its values apart from its text. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/**
 * The same meaning as the columns give, for the rows of the view `event`: slow, and independent of every typed array.
 * Needs the functions of `registerFunctions`. Text in original lines, tags, notes, levels and findings are not in the view.
 * @throws RangeError for those
 */
export function conditionOf(filter: Resolved): Condition {
  const condition = walk(filter);
  return namesDuplicate(filter) ? condition : { ...condition, sql: `(${condition.sql}) and event.duplicate = 0` };
}

function walk(filter: Resolved): Condition {
  switch (filter.kind) {
    case "and":
    case "or": {
      const parts = filter.terms.map(walk);
      if (parts.length === 0) return { sql: filter.kind === "and" ? "1" : "0", values: [] };
      return {
        sql: parts.map((part) => `(${part.sql})`).join(` ${filter.kind} `),
        values: parts.flatMap((part) => part.values),
      };
    }
    case "not": {
      const { sql, values } = walk(filter.term);
      return { sql: `not coalesce((${sql}), 0)`, values };
    }
    case "text":
      throw new RangeError("original lines are not in the database");
    case "field":
      return field(filter.field, filter.test);
    default:
      return never(filter);
  }
}

function field(name: FieldName, test: Test): Condition {
  if (name === "tag" || name === "note" || name === "level" || name === "finding")
    throw new RangeError(`${name} is not in the view`);
  const column = name === "duplicate" ? "event.duplicate" : `event."${name}"`;
  switch (test.kind) {
    case "present":
      if (name === "duplicate") return { sql: "1", values: [] };
      return { sql: name === "fields" ? `coalesce(${column}, '[]') <> '[]'` : `${column} is not null`, values: [] };
    case "flag":
      return { sql: `${column} = ${test.value ? 1 : 0}`, values: [] };
    case "range": {
      const value = name === "time" ? "micros(event.time)" : column;
      const ends: Condition[] = [];
      if (test.from !== Number.NEGATIVE_INFINITY)
        ends.push({ sql: `${value} ${test.fromInclusive ? ">=" : ">"} ?`, values: [test.from] });
      if (test.to !== Number.POSITIVE_INFINITY)
        ends.push({ sql: `${value} ${test.toInclusive ? "<=" : "<"} ?`, values: [test.to] });
      return {
        sql: [`${value} is not null`, ...ends.map((end) => end.sql)].join(" and "),
        values: ends.flatMap((end) => end.values),
      };
    }
    case "cidr":
      return { sql: `in_network(?, ${column})`, values: [JSON.stringify(test.cidr)] };
    case "levels":
      throw new RangeError("levels are not in the view");
    case "pattern": {
      const pattern = JSON.stringify(test.segments);
      if (name === "fields") return { sql: `any_field(?, ${column})`, values: [pattern] };
      if (name === "subjects")
        return {
          sql: `exists (select 1 from json_each(${column}) each where matches(?, each.value))`,
          values: [pattern],
        };
      if (name === "fields_are") return { sql: `event.fields <> '[]' and matches(?, ${column})`, values: [pattern] };
      return { sql: `matches(?, cast(${column} as text))`, values: [pattern] };
    }
    default:
      return never(test);
  }
}

/** The few functions that SQLite lacks: comparing in any case beyond ASCII, networks, nested fields, times as numbers. */
export function registerFunctions(db: Database): void {
  const memo = new Map<string, (value: string) => boolean>();
  const compiled = (pattern: string) => {
    let test = memo.get(pattern);
    if (!test) {
      test = matcher(JSON.parse(pattern) as string[]);
      memo.set(pattern, test);
    }
    return test;
  };
  const yes = (value: boolean) => (value ? 1 : 0);
  db.function("matches", { deterministic: true }, (pattern, value) =>
    yes(typeof value === "string" && compiled(pattern as string)(value)),
  );
  db.function("any_field", { deterministic: true }, (pattern, list) =>
    yes(
      typeof list === "string" &&
        (JSON.parse(list) as string[]).some((element) => fieldPaths(element).some(compiled(pattern as string))),
    ),
  );
  db.function("in_network", { deterministic: true }, (cidr, ip) =>
    yes(typeof ip === "string" && inCidr(JSON.parse(cidr as string), ip)),
  );
  db.function("micros", { deterministic: true }, (text) => {
    const [, head = "", fraction = ""] = /^([^.Z]+)(?:\.(\d+))?Z$/u.exec(text as string) ?? [];
    return Date.parse(`${head}Z`) * 1000 + Number(fraction.padEnd(6, "0"));
  });
}
