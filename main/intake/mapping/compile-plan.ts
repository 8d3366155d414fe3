import { MAPPED_FIELDS, type MappedField } from "../../../shared/model/event.ts";
import type { Encoding } from "../../platform/encodings/transcoder.ts";
import { isTimeWord } from "../time/time-reader.ts";
import { isReader } from "./formats.ts";
import { callsOf, type ReaderName, signaturesOf } from "./mapping.ts";
import type { FieldSource, Mapping } from "./mapping-document.ts";
import { IN_RECORD, isListStep, piecesOf, stepsOf } from "./paths.ts";
import { groupNames } from "./patterns.ts";
import type { FieldPlan, HeaderSniff, Input, JoinedOrigin, Origin, Plan, Resolved, ZoneBeside } from "./plan.ts";
import { fieldNamed, nameKey } from "./synonyms.ts";
import { areDocuments } from "./usual-names.ts";
import { zoneInHeading, zonesNamed } from "./zone-names.ts";

const isField = (name: string): name is MappedField => (MAPPED_FIELDS as readonly string[]).includes(name);

class Compiler {
  readonly inputs: Input[] = [];
  readonly #ids = new Map<string, number>();
  readonly #reader: ReaderName;
  readonly #names: readonly string[];

  constructor(reader: ReaderName, names: readonly string[]) {
    this.#reader = reader;
    this.#names = names;
  }

  #input(input: Input): number {
    const key = JSON.stringify(input);
    let id = this.#ids.get(key);
    if (id === undefined) {
      id = this.inputs.push(input) - 1;
      this.#ids.set(key, id);
    }
    return id;
  }

  /** Records bring their own names. */
  get #isNamed(): boolean {
    return this.#reader !== "csv" && this.#reader !== "regex";
  }

  /** A name as written in a mapping, looked up in the record itself. Undefined where this table has no such column. */
  record(name: string): { input: number; rest: string[] } | undefined {
    if (this.#reader === "json" || this.#reader === "jsonl") {
      const steps = stepsOf(name);
      const list = steps.findIndex(isListStep);
      const path = list < 0 ? steps : steps.slice(0, list);
      return { input: this.#input({ kind: "path", path }), rest: list < 0 ? [] : steps.slice(list) };
    }
    if (this.#isNamed) return { input: this.#input({ kind: "named", name, column: -1 }), rest: [] };
    // The longest prefix that is a column. What follows is a path into its JSON.
    const steps = stepsOf(name);
    for (let length = steps.length; length >= 0; length--) {
      const prefix = length === steps.length ? name : steps.slice(0, length).join(".");
      const column = this.#column(prefix);
      if (column >= 0)
        return {
          // By the table's own word, so that a column named in two ways is one input.
          input: this.#input({ kind: "named", name: this.#names[column] as string, column }),
          rest: length === steps.length ? [] : steps.slice(length),
        };
    }
    return undefined;
  }

  /** A text put together from several places; "absent" where this table lacks one of them. Undefined where it is one place. */
  joined(name: string): JoinedOrigin | "absent" | undefined {
    const pieces = this.#names.includes(name) ? undefined : piecesOf(name);
    if (pieces === undefined) return undefined;
    const found = pieces.map((piece) => ("text" in piece ? piece.text : this.record(piece.place)));
    return found.every((piece) => piece !== undefined) ? { kind: "joined", name, pieces: found } : "absent";
  }

  /** The inputs of lists within one another: `a[].b[]` are `a` of the record and `b` of each object in it. */
  lists(name: string): number[] {
    const paths: string[][] = [[]];
    for (const step of stepsOf(name)) {
      if (isListStep(step)) paths.push([]);
      else paths.at(-1)?.push(step);
    }
    return paths.filter((path) => path.length > 0).map((path) => this.#input({ kind: "path", path }));
  }

  /** What a rule tests: an event field, or behind `record.` a path into the record. */
  condition(name: string): Origin | undefined {
    if (isField(name)) return { kind: "field", field: name };
    return this.place(name.slice(IN_RECORD.length));
  }

  /** A place in the record alone. */
  place(name: string): Origin | undefined {
    const own = this.record(name);
    return own && { kind: "input", ...own };
  }

  #column(name: string): number {
    const exact = this.#names.indexOf(name);
    return exact >= 0 ? exact : this.#names.findIndex((other) => nameKey(other) === nameKey(name));
  }

  /** The column or member `date` that belongs to `time` (in tables also `date_local` to `time_local`). Undefined where there is none. */
  day(origins: readonly Origin[], names: Iterable<string>): number | undefined {
    const isJson = this.#reader === "json" || this.#reader === "jsonl";
    if (this.#reader === "keyvalue") {
      const date = [...names].find((name) => nameKey(name) === "date");
      const isTime = origins.some((origin) => {
        const input = origin.kind === "input" ? this.inputs[origin.input] : undefined;
        return input?.kind === "synonyms" || (input?.kind === "named" && nameKey(input.name) === "time");
      });
      return date === undefined || !isTime ? undefined : this.#input({ kind: "named", name: date, column: -1 });
    }
    for (const origin of this.#isNamed && !isJson ? [] : origins) {
      const input = origin.kind === "input" ? this.inputs[origin.input] : undefined;
      if (isJson) {
        const path = input?.kind === "path" ? input.path : input?.kind === "synonyms" ? ["time"] : [];
        if (path.at(-1) === "time") return this.#input({ kind: "path", path: [...path.slice(0, -1), "date"] });
        continue;
      }
      const key = input?.kind === "named" ? nameKey(input.name) : "";
      const column = /^time(?:_local)?$/u.test(key) ? this.#column(key.replace("time", "date")) : -1;
      if (column >= 0) return this.#input({ kind: "named", name: this.#names[column] as string, column });
    }
    return undefined;
  }

  /** What beside the time says its zone. `names`: keys that the first records have. */
  zone(origins: readonly Origin[], names: Iterable<string>): ZoneBeside | undefined {
    const inputs = origins.flatMap((origin) => (origin.kind === "input" ? [this.inputs[origin.input] as Input] : []));
    const heading =
      this.#reader === "csv"
        ? inputs.map((input) => (input.kind === "named" ? zoneInHeading(input.name) : undefined)).find(Boolean)
        : undefined;
    const found = zonesNamed(this.#isNamed ? names : this.#names).flatMap(({ name, mayBeOther }) => {
      const input = this.#beside(inputs, name);
      return input === undefined ? [] : [{ input, mayBeOther }];
    });
    if (found.length === 0 && heading === undefined) return undefined;
    return { inputs: found, ...(heading !== undefined && { heading }) };
  }

  /** The input of a name that stands where the time stands. */
  #beside(times: readonly Input[], name: string): number | undefined {
    if (this.#reader !== "json" && this.#reader !== "jsonl")
      return this.#input({ kind: "named", name, column: this.#names.indexOf(name) });
    const time = times.find(({ kind }) => kind === "path" || kind === "synonyms");
    return time && this.#input({ kind: "path", path: [...(time.kind === "path" ? time.path.slice(0, -1) : []), name] });
  }

  /** The columns that fill a field without being told. */
  synonyms(field: MappedField): Origin[] {
    if (this.#isNamed) {
      return [{ kind: "input", input: this.#input({ kind: "synonyms", field }), rest: [] }];
    }
    const areOwners = field === "developer" && areDocuments(this.#names);
    return this.#names
      .map((name, column) => ({ column, name, found: fieldNamed(name) }))
      .filter(({ found, name }) => found?.field === field && !(areOwners && nameKey(name) === "owner"))
      .sort((a, b) => (a.found?.rank ?? 0) - (b.found?.rank ?? 0))
      .map(({ name, column }) => ({
        kind: "input" as const,
        input: this.#input({ kind: "named", name, column }),
        rest: [],
      }));
  }
}

const namesFrom = (source: FieldSource | null | undefined): string[] => {
  if (source === undefined || source === null) return [];
  if (typeof source === "string") return [source];
  return source.from === undefined ? [] : typeof source.from === "string" ? [source.from] : source.from;
};

/** Makes the plan for one source from its mapping, its header, and the names that its first records have. */
export function compilePlan(
  resolved: Resolved,
  sniffed: HeaderSniff,
  encoding: Encoding,
  timezone: string,
  seen: Iterable<string> = [],
): Plan {
  const { reader, mapping, format } = resolved;
  const names =
    reader === "regex"
      ? groupNames(mapping.pattern ?? "")
      : [...(sniffed.csv?.header ?? []), ...(sniffed.csv?.later ?? [])];
  const compiler = new Compiler(reader, names);
  const url = pathOrigins(compiler, mapping);
  const plans = new Map<MappedField, FieldPlan>();
  for (const field of MAPPED_FIELDS) {
    const source = mapping.fields?.[field];
    if (source === undefined) {
      plans.set(field, { field, origins: compiler.synonyms(field) });
      continue;
    }
    if (source === null) {
      plans.set(field, { field, origins: [] });
      continue;
    }
    const own = namesFrom(source).flatMap((name): Origin[] => {
      const joined = compiler.joined(name);
      if (joined) return joined === "absent" ? [] : [joined];
      const place = compiler.record(name);
      const found: Origin[] = place ? [{ kind: "input", ...place }] : [];
      if (name.startsWith("query."))
        for (const origin of url) found.push({ ...origin, kind: "query", name: name.slice(6) });
      else if (isField(name) && name !== field) found.push({ kind: "field", field: name });
      return found;
    });
    const origins = resolved.usual?.has(field) ? [...own, ...compiler.synonyms(field)] : own;
    const { match, split, parse, value } = typeof source === "string" ? ({} as Exclude<FieldSource, string>) : source;
    plans.set(field, {
      field,
      origins,
      ...(match !== undefined && { match }),
      ...(split !== undefined && { split }),
      ...(parse !== undefined && { parse }),
      ...(value !== undefined && { value: String(value) }),
    });
  }
  const calls = reader === "json" || reader === "jsonl" ? callsOf(mapping) : undefined;
  const lists = calls === undefined ? undefined : compiler.lists(calls);
  const fieldsAreOrigin = compiler.record("fields_are");
  const time = plans.get("time") as FieldPlan;
  const isClock = time.match === undefined && (time.parse === undefined || isTimeWord(time.parse));
  const day = isClock ? compiler.day(time.origins, seen) : undefined;
  // A format that says itself in which zone its times are has no other word for it, but a table may have a column for it.
  const hasOwn = !isReader(format) && mapping.timezone !== undefined && reader !== "headers";
  const zone = hasOwn ? undefined : compiler.zone(time.origins, seen);
  plans.set("time", { ...time, ...(day !== undefined && { day }), ...(zone && { zone }) });
  return {
    format,
    reader,
    encoding,
    timezone,
    inputs: compiler.inputs,
    fields: inOrder(plans),
    rules: (mapping.rules ?? []).map((rule) => ({
      when: Object.entries(rule.when).map(([name, pattern]) => [compiler.condition(name), pattern] as const),
      set: Object.entries(rule.set).map(([field, value]) => [field as MappedField, String(value)] as const),
    })),
    ...(mapping.must && {
      must: signaturesOf(mapping).map((places) =>
        Object.entries(places).map(([name, pattern]) => [compiler.place(name), pattern] as const),
      ),
    }),
    ...(mapping.no_calls && {
      noCalls: mapping.no_calls.map(({ when, why }) => ({
        when: Object.entries(when).map(([name, pattern]) => [compiler.place(name), pattern] as const),
        why,
      })),
    }),
    ...(mapping.call !== undefined && {
      call: {
        field: "request_id" as const,
        origins: [mapping.call].flat().flatMap((name) => compiler.place(name) ?? []),
      },
    }),
    ...(lists && { calls: lists }),
    ...(mapping.fields_are && { fieldsAre: mapping.fields_are }),
    ...(fieldsAreOrigin && { fieldsAreInput: fieldsAreOrigin.input }),
    ...(mapping.pattern !== undefined && { pattern: { source: mapping.pattern, trusted: resolved.trusted } }),
    ...(sniffed.csv && { csv: sniffed.csv }),
    head: sniffed.head,
    headRecords: sniffed.headRecords,
    records: sniffed.records,
  };
}

/** What stands around the records of a file: layers, and where the wrappers lie, if they lie in a JSON document. */
export interface Around {
  readonly layers: readonly string[];
  readonly records: readonly string[] | undefined;
}

/** The plan for records that something stands around. A record without a time has that of its wrapper. */
export function withWrapper(plan: Plan, { layers, records }: Around): Plan {
  const timeInput = plan.inputs.length;
  return {
    ...plan,
    inputs: [...plan.inputs, { kind: "around" }],
    fields: plan.fields.map((field) =>
      field.field !== "time" || field.match !== undefined || field.value !== undefined
        ? field
        : { ...field, origins: [...field.origins, { kind: "input", input: timeInput, rest: [] }] },
    ),
    records: records ?? [],
    wrapped: { layers, timeInput, inDocument: records !== undefined },
  };
}

/** Where the URL itself is, unparsed: what `query.NAME` reads. */
function pathOrigins(compiler: Compiler, mapping: Mapping): { input: number; rest: readonly string[] }[] {
  const source = mapping.fields?.path;
  if (source === undefined)
    return compiler.synonyms("path").flatMap((origin) => (origin.kind === "input" ? [origin] : []));
  return namesFrom(source).flatMap((name) => compiler.record(name) ?? []);
}

/** Orders fields after those they are made from. An origin that would close a circle is left out. */
function inOrder(plans: ReadonlyMap<MappedField, FieldPlan>): FieldPlan[] {
  const done = new Map<MappedField, FieldPlan>();
  const open = new Set<MappedField>();
  const visit = (field: MappedField): boolean => {
    if (done.has(field)) return true;
    if (open.has(field)) return false;
    open.add(field);
    const plan = plans.get(field) as FieldPlan;
    const origins = plan.origins.filter((origin) => origin.kind !== "field" || visit(origin.field));
    done.set(field, { ...plan, origins });
    open.delete(field);
    return true;
  };
  for (const field of MAPPED_FIELDS) visit(field);
  return [...done.values()];
}

/** The width of a CSV record and, by column, the inputs it feeds (-1: none). */
export function columnsOf(plan: Plan): Int32Array {
  const slots = new Int32Array(plan.csv?.header.length ?? 0).fill(-1);
  plan.inputs.forEach((input, index) => {
    if (input.kind === "named" && input.column >= 0 && input.column < slots.length) slots[input.column] = index;
  });
  return slots;
}

/** For `detect`: event field → where it comes from, in the words of a mapping. */
export function describeFields(plan: Plan, seen: ReadonlySet<string>): Record<string, string> {
  const described: Record<string, string> = {};
  for (const { field, origins, value } of plan.fields) {
    if (value !== undefined) described[field] = `"${value}"`;
    const names = origins.map((origin) => {
      if (origin.kind === "field") return origin.field;
      if (origin.kind === "query") return `query.${origin.name}`;
      if (origin.kind === "joined") return origin.name;
      const input = plan.inputs[origin.input] as Input;
      if (input.kind === "named") return [input.name, ...origin.rest].join(".");
      if (input.kind === "around") return undefined;
      if (input.kind === "path") return [...input.path, ...origin.rest].join(".").replaceAll(".[", "[");
      return [...seen]
        .filter((name) => fieldNamed(name)?.field === field)
        .sort((a, b) => (fieldNamed(a)?.rank ?? 0) - (fieldNamed(b)?.rank ?? 0))[0];
    });
    const first = names.find((name) => name !== undefined);
    if (first !== undefined) described[field] = first;
  }
  return described;
}
