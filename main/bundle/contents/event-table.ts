import { idKey } from "../../../shared/base/same-id.ts";
import type { EventRecord } from "../../../shared/model/event.ts";
import type { Level } from "../../../shared/model/level.ts";
import type { Inquiry } from "../../findings/inquiry.ts";
import { ATTEMPTED, NONE, OBTAINED, POSSIBLE } from "../../findings/rules/judge.ts";
import { csvColumns, csvHeader, csvLine, type RareColumn } from "../../query/results/event-csv.ts";

/** What the rules say of a call: the columns that `events.csv` of a bundle has beside the call itself. */
export interface Said {
  readonly developer_id: string;
  /** The rules it counts under, in the policy's order, and its level under each. */
  readonly rule: readonly string[];
  readonly level: readonly Level[];
  /** A total counts it. */
  readonly counted?: true;
  /** Whom it returned and a number of people counts under one of its rules; an id with spellings in small letters. */
  readonly people: readonly string[];
}

const SAID = ["developer_id", "rule", "level", "counted", "people"] as const satisfies (keyof Said)[];
const WORDS: Readonly<Record<number, Level>> = {
  [ATTEMPTED]: "attempted",
  [POSSIBLE]: "possible",
  [OBTAINED]: "obtained",
};

const isCounted = (verdict: number): boolean => verdict !== NONE && verdict <= OBTAINED;

export function saidOf(inquiry: Inquiry, position: number): Said {
  const { owners, columns } = inquiry.dataset;
  const counting = inquiry.judged.filter(({ verdicts }) => isCounted(verdicts[position] as number));
  const allowed = counting.filter(({ verdicts }) => (verdicts[position] as number) >= POSSIBLE);
  const list = allowed.length > 0 ? inquiry.returned.listOf(position) : 0;
  const people = new Set<string>();
  if (list !== 0) {
    const app = columns.codes("app")[position] as number;
    const time = columns.time[position] as number;
    for (const id of inquiry.personIndex.spelt(list)) {
      const person = inquiry.personIndex.code(id);
      if (allowed.some(({ consents }) => !consents.covers(person, app, time))) people.add(idKey(id));
    }
  }
  return {
    developer_id: owners.list[owners.of[position] as number]?.id ?? "unknown",
    rule: counting.map(({ rule }) => rule.id),
    level: counting.map(({ verdicts }) => WORDS[verdicts[position] as number] as Level),
    ...(counting.length > 0 ? { counted: true } : {}),
    people: [...people],
  };
}

/** What a row says of its call, as cells with line end: of the calls that count under no rule made once per developer. */
export class SaidCells {
  readonly #inquiry: Inquiry;
  readonly #uncounted: (string | undefined)[] = [];

  constructor(inquiry: Inquiry) {
    this.#inquiry = inquiry;
  }

  /** Whether a total counts the call. */
  counts(position: number): boolean {
    for (const { verdicts } of this.#inquiry.judged) if (isCounted(verdicts[position] as number)) return true;
    return false;
  }

  of(position: number): string {
    if (this.counts(position)) return this.#made(position);
    const owner = this.#inquiry.dataset.owners.of[position] as number;
    this.#uncounted[owner] ??= this.#made(position);
    return this.#uncounted[owner] as string;
  }

  #made(position: number): string {
    return csvLine(saidOf(this.#inquiry, position) as Partial<EventRecord>, SAID);
  }
}

/** The columns of a bundle's table whose events have, of the rare ones, those. */
export const tableColumns = (has: ReadonlySet<RareColumn>): readonly string[] => ["event", ...csvColumns(has), ...SAID];

export const tableHeader = (columns: readonly string[]): string => csvHeader(columns);

/** The columns that the header of a bundle's table names; undefined where it is none. */
export const columnsOfTable = (header: string): readonly string[] | undefined =>
  ([[], ["caller"], ["part"], ["caller", "part"]] as const)
    .map((has) => tableColumns(new Set<RareColumn>(has)))
    .find((columns) => tableHeader(columns).trimEnd() === header);

/** A row, with its line end. `number`: the event's, from 1, which is its line in events.jsonl. */
export function tableLine(number: number, event: EventRecord, said: Said, columns: readonly string[]): string {
  const call = csvLine(event, columns.slice(1, -SAID.length)).slice(0, -1);
  return `${number},${call},${csvLine(said as Partial<EventRecord>, SAID)}`;
}
