import { FLAG } from "../../../shared/model/event.ts";
import { openOriginal } from "../../evidence/original.ts";
import { Windowed } from "../../platform/byte-source.ts";
import { sha256Of } from "../../platform/sha256.ts";
import type { EventSet } from "../../query/columns/event-set.ts";
import type { Dataset } from "../../query/dataset.ts";

/**
 * Adds to every chosen duplicate the record that it repeats byte for byte: without that one, the lines of the bundle alone
 * would count it, and where the two were read in different zones, at a time of its own.
 */
export function addSameRecords(dataset: Dataset, chosen: EventSet): void {
  const { columns } = dataset;
  const flags = columns.codes("flags");
  const isCopy = (position: number) =>
    ((flags[position] as number) & (FLAG.duplicate | FLAG.sameCall)) === FLAG.duplicate;
  const copies = [...chosen.positions()].filter(isCopy);
  if (copies.length === 0) return;
  const lengths = columns.numbers("length");
  const wanted = new Set(copies.map((position) => lengths[position] as number));
  const keys = new Set<string>();
  eachRecord(dataset, copies, (_, key) => void keys.add(key));
  const candidates: number[] = [];
  for (let p = 0; p < columns.rows; p += 1) if (wanted.has(lengths[p] as number) && !isCopy(p)) candidates.push(p);
  eachRecord(dataset, candidates, (position, key) => void (keys.has(key) && chosen.put(position)));
}

/** Gives what is the same of two records that are the same: bytes, and which of the record's calls. */
function eachRecord(
  { caseFile, columns }: Dataset,
  positions: readonly number[],
  each: (position: number, key: string) => void,
): void {
  const [sources, ids] = [columns.codes("source"), columns.codes("id")];
  const [offsets, lengths] = [columns.numbers("offset"), columns.numbers("length")];
  const partOf = caseFile.db.prepare("select part from event_part where id = ?").pluck();
  for (const [source, members] of Map.groupBy(positions, (position) => sources[position] as number)) {
    const original = new Windowed(openOriginal(caseFile, source));
    try {
      members.sort((a, b) => (offsets[a] as number) - (offsets[b] as number));
      for (const position of members) {
        const bytes = original.read(offsets[position] as number, lengths[position] as number);
        each(position, `${partOf.get(ids[position]) ?? 0} ${sha256Of(bytes)}`);
      }
    } finally {
      original.close();
    }
  }
}
