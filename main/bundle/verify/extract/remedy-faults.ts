import { given } from "../../../../shared/base/given.ts";
import type { DeveloperRemedy, Remedy, RemedyEntry } from "../../../../shared/model/accountability/remedy.ts";
import type { CustodyEntry } from "../../../custody/append.ts";
import { printable } from "../../../platform/printable-name.ts";
import type { Bag } from "../../bag/load-bag.ts";
import { attachmentsOf } from "../../contents/attachments.ts";
import type { Compared } from "./compared.ts";
import { differences } from "./differences.ts";
import { readJson } from "./read-extract.ts";

const NAME = "data/extract/remedy.json";
const ATTACHMENTS = "data/attachments/";

/** Bundles of versions that knew no remedy have no such file; that none of their acts is one, custody says. */
export const readRemedy = async (bag: Bag): Promise<Remedy | undefined> =>
  bag.files.sizes.has(NAME) ? readJson<Remedy>(bag, "remedy.json") : undefined;

/** An entry with whose it is. */
export interface StatedEntry extends RemedyEntry {
  readonly rule: string;
  readonly developer: DeveloperRemedy["developer_id"];
}

/** By their numbers. */
export const statedEntries = (remedy: Remedy | undefined): StatedEntry[] =>
  (remedy?.rules ?? [])
    .flatMap(({ rule, developers }) =>
      developers.flatMap(({ developer_id: developer, entries }) =>
        // A step of a developer that was joined to another since stands with that one.
        entries.map(({ recorded_for, ...entry }) => ({ ...entry, rule, developer: recorded_for ?? developer })),
      ),
    )
    .sort((a, b) => a.n - b.n);

/** What acts recorded of remedy and took back is in remedy.json, and nothing else; the files of its entries are there. */
export async function remedyFaults(bag: Bag, acts: readonly CustodyEntry[]): Promise<Compared> {
  const remedy = await readRemedy(bag);
  const stated = statedEntries(remedy);
  const faults: string[] = [];
  const told = new Set<number>();
  for (const { seq, act, detail } of acts) {
    if (act !== "remedy") continue;
    const named = `act ${seq} (remedy)`;
    if (detail.taken_back !== undefined) {
      const entry = stated.find(({ n }) => n === detail.taken_back);
      if (entry && entry.taken_back !== detail.reason)
        faults.push(`remedy.json: entry ${entry.n} is not taken back as ${named} says`);
      continue;
    }
    for (const recorded of (detail.entries ?? []) as Omit<StatedEntry, "against">[]) {
      told.add(recorded.n);
      const entry = stated.find(({ n }) => n === recorded.n);
      if (!entry) {
        faults.push(`remedy.json lacks entry ${printable(String(recorded.n))}, which ${named} recorded`);
        continue;
      }
      const { against: _against, taken_back: _takenBack, files, ...rest } = entry;
      const shown = { ...rest, ...given({ files: files.length > 0 ? files : undefined }) };
      faults.push(
        ...differences(shown, recorded).map((fault) => `remedy.json: entry ${entry.n}: ${fault} from ${named}`),
      );
    }
  }
  const takenBack = new Set(acts.flatMap(({ act, detail }) => (act === "remedy" ? [detail.taken_back] : [])));
  for (const { n, taken_back } of stated) {
    if (!told.has(n)) faults.push(`remedy.json: entry ${n} has no act`);
    if (taken_back !== undefined && !takenBack.has(n)) faults.push(`remedy.json: entry ${n} is taken back by no act`);
  }
  return { faults: [...faults, ...attachmentFaults(bag, remedy)], onTrust: [] };
}

function attachmentFaults(bag: Bag, remedy: Remedy | undefined): string[] {
  const attachments = remedy === undefined ? [] : attachmentsOf(remedy);
  const names = new Set(attachments.map(({ as }) => ATTACHMENTS + as));
  const faults = [...bag.files.sizes.keys()]
    .filter((name) => name.startsWith(ATTACHMENTS) && !names.has(name))
    .map((name) => `${printable(name)} is there, and no entry of remedy.json has such a file`);
  const digests = new Map(
    bag.manifests.flatMap(({ lines }) => lines.map(({ names: [name], digest }) => [name ?? "", digest])),
  );
  for (const { as, sha256, bytes, name } of attachments) {
    const file = ATTACHMENTS + as;
    const size = bag.files.sizes.get(file);
    if (size === undefined) faults.push(`${file} (${printable(name)}), which remedy.json names, is not there`);
    else if (size !== bytes || digests.get(file) !== sha256)
      faults.push(`${file} (${printable(name)}) is not the file that remedy.json says`);
  }
  return faults;
}
