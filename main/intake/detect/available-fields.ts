import { parseJson, WrittenNumber } from "../../platform/exact-json.ts";
import { groupNames } from "../mapping/patterns.ts";
import type { Plan } from "../mapping/plan.ts";
import { firstCsvRecord } from "../read/csv.ts";

/** A name that a mapping can fill a field from, and a value that it has in the first records. */
export interface AvailableField {
  readonly name: string;
  readonly sample: string;
}

const MAX_FIELDS = 400;
const MAX_DEPTH = 8;
const MAX_SAMPLE_LENGTH = 80;
const PAIR = /(?:^|\s)([\w.@/-]+)=("(?:[^"\\]|\\.)*"|\S*)/gu;

/** Every name in these records, in the order in which they are met. */
export function availableFields(plan: Plan, records: readonly string[]): AvailableField[] {
  const found = new Map<string, string>();
  const meet = (name: string, value: unknown) => {
    const known = found.get(name);
    if (known === undefined ? found.size >= MAX_FIELDS : known !== "") return;
    const text = value === null || value === undefined ? "" : String(value);
    found.set(name, text.length > MAX_SAMPLE_LENGTH ? `${text.slice(0, MAX_SAMPLE_LENGTH)}…` : text);
  };
  const header = plan.csv?.header ?? [];
  for (const name of plan.pattern ? groupNames(plan.pattern.source).filter(Boolean) : header) meet(name, "");
  for (const record of records) {
    if (plan.csv) {
      const { delimiter, quote } = plan.csv;
      const row = firstCsvRecord(Buffer.from(record), 0, delimiter, quote, true);
      row?.cells.slice(0, header.length).forEach((cell, column) => {
        const name = header[column] as string;
        meet(name, cell);
        collectPaths(name, jsonIn(cell), 1, meet);
      });
    } else if (plan.reader === "json" || plan.reader === "jsonl") collectPaths("", jsonIn(record), 0, meet);
    else if (plan.reader === "keyvalue")
      for (const [, name, value] of record.matchAll(PAIR)) meet(name as string, value?.replace(/^"(.*)"$/su, "$1"));
  }
  return Array.from(found, ([name, sample]) => ({ name, sample }));
}

/** JSON objects and arrays. Undefined for everything else, which most text is. */
function jsonIn(text: string): unknown {
  if (!/^\s*[[{]/u.test(text)) return undefined;
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** Paths as mappings write them: `a.b`, `a[].b`. */
function collectPaths(at: string, value: unknown, depth: number, meet: (name: string, value: unknown) => void): void {
  if (depth > MAX_DEPTH || typeof value !== "object" || value === null || value instanceof WrittenNumber) return;
  if (Array.isArray(value)) {
    for (const item of value.slice(0, 3)) {
      if (typeof item === "object" && item !== null) collectPaths(`${at}[]`, item, depth + 1, meet);
      else meet(at, value.join(", "));
    }
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    const name = at === "" ? key : `${at}.${key}`;
    if (typeof inner === "object" && inner !== null) collectPaths(name, inner, depth + 1, meet);
    else {
      meet(name, inner);
      if (typeof inner === "string") collectPaths(name, jsonIn(inner), depth + 1, meet);
    }
  }
}
