import fs from "node:fs";
import { Refusal } from "../../../shared/base/errors.ts";
import { READERS, type ReaderName, withRecords } from "./mapping.ts";
import type { Mapping } from "./mapping-document.ts";
import type { Resolved } from "./plan.ts";
import { usualBehind } from "./usual-names.ts";

const FOLDER = new URL("../../../resources/formats/", import.meta.url);

/** Where a format's pattern stands for a table of refusals: `{{refusals/aws}}`. */
const TABLE = /\{\{(refusals\/[a-z]+)\}\}/gu;

/** The codes of a table as one pattern, written for a place inside JSON text. */
function tablePattern(name: string): string {
  const { codes } = JSON.parse(fs.readFileSync(new URL(`${name}.json`, FOLDER), "utf8")) as { codes: string[] };
  const any = codes.map((code) => code.replaceAll("*", "[A-Za-z]*")).join("|");
  return JSON.stringify(`(?i)^(?:Client\\.)?(?:${any})(?:Exception|Error|Fault)*$`).slice(1, -1);
}

let loaded: Map<string, Mapping> | undefined;

/**
 * The formats of `resources/formats/`, by name: mappings like any user's, over a reader. They are taken as they are: checking
 * them all, patterns included, is half of what an import takes to begin, and a test does it.
 */
export function builtInFormats(): ReadonlyMap<string, Mapping> {
  if (!loaded) {
    loaded = new Map();
    for (const file of fs
      .readdirSync(FOLDER)
      .filter((entry) => entry.endsWith(".json"))
      .sort()) {
      const text = fs
        .readFileSync(new URL(file, FOLDER), "utf8")
        .replaceAll(TABLE, (_, name: string) => tablePattern(name));
      loaded.set(file.slice(0, -".json".length), JSON.parse(text) as Mapping);
    }
  }
  return loaded;
}

/** Names that `--format` and a mapping's `format` take. */
const formatNames = (): string[] => [...new Set([...READERS, ...builtInFormats().keys()])].sort();

export const isReader = (name: string): name is ReaderName => (READERS as readonly string[]).includes(name);

/** @throws Refusal `format-unknown` */
export function resolveMapping(mapping: Mapping): Resolved {
  const format = mapping.format;
  if (isReader(format)) return { format, reader: format, mapping, trusted: false };
  const base = builtInFormats().get(format);
  if (!base || !isReader(base.format)) {
    throw new Refusal("format-unknown", `There is no format "${format}"`, `give one of ${formatNames().join(", ")}`);
  }
  const merged: Mapping = { ...base, ...mapping, format: base.format };
  // Where the records lie does not say that their calls lie elsewhere.
  if (typeof mapping.records === "string") merged.records = withRecords(base, mapping.records).records;
  if (base.fields || mapping.fields) merged.fields = { ...base.fields, ...mapping.fields };
  if (base.rules || mapping.rules) merged.rules = [...(mapping.rules ?? []), ...(base.rules ?? [])];
  return {
    format,
    reader: base.format,
    mapping: merged,
    trusted: merged.pattern === base.pattern,
    usual: usualBehind(base, mapping),
  };
}
