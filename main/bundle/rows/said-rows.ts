import type { Level } from "../../../shared/model/level.ts";
import { withoutApostrophe } from "../../platform/csv-cells.ts";
import { ByteDictionary } from "./byte-dictionary.ts";
import { COMMA, LF, QUOTE } from "./plain-bytes.ts";

/** Columns of events.csv behind those of the call: what the rules say of it. */
export const SAID = 5;
const LEVEL_WORDS: ReadonlySet<string> = new Set<Level>(["attempted", "possible", "obtained"]);

/** What a row says of its call but whom it returned. */
export interface SaidRow {
  readonly developer: string;
  readonly rules: readonly string[];
  readonly levels: readonly Level[];
  /** Under which numbers the call is counted: rule, developer and level as JSON. */
  readonly counted: readonly string[];
  /** Rules, levels and whether it counts fit together. */
  readonly isRight: boolean;
}

export const NOTHING_SAID: SaidRow = { developer: "", rules: [], levels: [], counted: [], isRight: true };

export const countedKey = (rule: string, developer: string, level: string): string =>
  JSON.stringify([rule, developer, level]);

export function saidRow(cells: readonly string[]): SaidRow {
  const [id = "", ruleCell = "", levelCell = "", isCounted = ""] = cells;
  const rules = ruleCell === "" ? [] : withoutApostrophe(ruleCell).split(";");
  const levels = (levelCell === "" ? [] : levelCell.split(";")) as Level[];
  const developer = withoutApostrophe(id);
  return {
    developer,
    rules,
    levels,
    counted: levels.map((level, index) => countedKey(rules[index] ?? "", developer, level)),
    isRight:
      cells.length === SAID &&
      rules.length === levels.length &&
      (isCounted === "yes") === levels.length > 0 &&
      levels.every((each) => LEVEL_WORDS.has(each)),
  };
}

/** Few developers and rules give most rows. */
const MAX_KEPT = 10_000;

/** Reads what rows say where they lie, and what many say only once. */
export class SaidRows {
  /** Where the row ends that was read last. */
  end = 0;
  readonly #known = new ByteDictionary();
  /** By their numbers. */
  readonly #kept: SaidRow[] = [];

  /** Undefined where it is to be read as text: cells in quotes, another number of them, a row that is not there whole. */
  read(csv: Buffer, from: number): SaidRow | undefined {
    let commas = 0;
    let people = from;
    let at = from;
    for (let byte = csv[at]; byte !== LF; byte = csv[at]) {
      if (byte === undefined || byte === QUOTE) return undefined;
      if (byte === COMMA) {
        commas += 1;
        if (commas === SAID - 1) people = at;
      }
      at += 1;
    }
    if (commas !== SAID - 1) return undefined;
    this.end = at;
    if (this.#known.size >= MAX_KEPT) {
      this.#known.clear();
      this.#kept.length = 0;
    }
    const number = this.#known.numberOf(csv, from, people);
    this.#kept[number] ??= saidRow([...csv.toString("utf8", from, people).split(","), ""]);
    return this.#kept[number] as SaidRow;
  }
}
