import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { Refusal } from "../../../../shared/base/errors.ts";
import type { EventRecord } from "../../../../shared/model/event.ts";
import { type Imported, imported } from "../imported.ts";

/** A value, one of several, or how it begins; null: any. */
type Wanted =
  | string
  | number
  | readonly string[]
  | null
  | { readonly oneOf: readonly string[] }
  | { readonly startsWith: string };

/** A small log whose times, zones or ids are easily misread, with its right answer and where that is written. */
interface SmallLog {
  readonly name: string;
  readonly source: string;
  readonly right: string;
  readonly file: string;
  readonly text: string;
  /** The file's own date, in seconds since 1970. */
  readonly written?: number;
  readonly timezone?: string;
  readonly mapping?: object;
  readonly events?: number;
  readonly rejected?: number;
  /** Refusing the file with a sentence is right too. */
  readonly mayBeRefused?: boolean;
  readonly rows: readonly Readonly<Record<string, Wanted>>[];
}

const logs = JSON.parse(fs.readFileSync(path.join(import.meta.dirname, "small-logs.json"), "utf8")) as SmallLog[];

test.each(logs.map((log) => [log.name, log] as const))("%s", async (_, log) => {
  const { file, text, written, timezone, mapping, events, rejected, rows, right } = log;
  const how = {
    name: file,
    ...(written && { written: new Date(written * 1000) }),
    ...(timezone && { timezone }),
    ...(mapping && { mapping }),
  };
  let found: Imported;
  try {
    found = await imported(text, how);
  } catch (error) {
    expect(log.mayBeRefused && error instanceof Refusal, String(error)).toBe(true);
    return;
  }
  if (events !== undefined) expect(found.events.length, right).toBe(events);
  if (rejected !== undefined) expect(found.source.rejected, right).toBe(rejected);
  for (const [index, row] of rows.entries())
    for (const [field, value] of Object.entries(row))
      expect(holds(found.events[index]?.[field as keyof EventRecord], value), `${right}: row ${index}, ${field}`).toBe(
        true,
      );
});

function holds(got: unknown, wanted: Wanted): boolean {
  if (wanted === null) return true;
  if (typeof wanted !== "object" || Array.isArray(wanted)) return JSON.stringify(got) === JSON.stringify(wanted);
  if ("oneOf" in wanted) return wanted.oneOf.includes(String(got));
  return "startsWith" in wanted && typeof got === "string" && got.startsWith(wanted.startsWith);
}
