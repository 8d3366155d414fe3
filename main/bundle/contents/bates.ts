import type { Case } from "../../case/case.ts";
import type { Inquiry } from "../../findings/inquiry.ts";
import { ATTEMPTED, OBTAINED } from "../../findings/rules/judge.ts";

/** Before each number. */
const PREFIX = "EXH";
const DIGITS = 8;

/** The numbers of a bundle's documents: first those of its findings, in their order, then those of the logs they rest on. */
export interface Bates {
  readonly prefix: string;
  readonly first: number;
  readonly last: number;
  /** Sources of which the bundle holds lines, by number. */
  readonly natives: readonly number[];
}

/** `EXH00000012`. */
export const batesNumber = ({ prefix }: Pick<Bates, "prefix">, n: number): string =>
  prefix + String(n).padStart(DIGITS, "0");

/**
 * The next numbers of the case, which custody keeps with the act of the bundle: none is used twice, also not those of a bundle that
 * failed. Undefined where there is nothing to number.
 */
export function nextBates({ db }: Pick<Case, "db">, findings: number, natives: readonly number[]): Bates | undefined {
  if (findings + natives.length === 0) return undefined;
  const used = db
    .prepare(
      "select coalesce(max(json_extract(entry, '$.detail.bates.last')), 0) from custody where json_extract(entry, '$.act') = 'bundle'",
    )
    .pluck()
    .get() as number;
  return { prefix: PREFIX, first: used + 1, last: used + findings + natives.length, natives: [...natives] };
}

/** The sources of these calls, by number. */
export function sourcesOfCalls({ columns }: Inquiry["dataset"], positions: Uint32Array): number[] {
  const sources = columns.codes("source");
  const found = new Set<number>();
  for (const position of positions) found.add(sources[position] as number);
  return [...found].sort((a, b) => a - b);
}

/** In which sources the calls lie that a finding counts. */
export interface FindingSources {
  readonly rule: string;
  readonly developer_id: string;
  readonly sources: readonly number[];
}

export function findingSources({ dataset, judged }: Inquiry): FindingSources[] {
  const sources = dataset.columns.codes("source");
  const { of, list } = dataset.owners;
  return judged.flatMap(({ rule, verdicts, from, to }) => {
    const found = new Map<string, Set<number>>();
    for (let position = from; position < to; position += 1) {
      const verdict = verdicts[position] as number;
      if (verdict < ATTEMPTED || verdict > OBTAINED) continue;
      const id = list[of[position] as number]?.id ?? "unknown";
      const own = found.get(id);
      if (own) own.add(sources[position] as number);
      else found.set(id, new Set([sources[position] as number]));
    }
    return [...found]
      .map(([developer_id, own]) => ({ rule: rule.id, developer_id, sources: [...own].sort((a, b) => a - b) }))
      .sort((a, b) => (a.developer_id < b.developer_id ? -1 : 1));
  });
}
