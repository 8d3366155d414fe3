import type { CustodyEntry } from "../../../custody/append.ts";
import type { Bag } from "../../bag/load-bag.ts";
import type { BundleDocument } from "../../contents/bundle-record.ts";
import { HIDDEN } from "../../contents/dossier.ts";
import type { SourceRecord } from "../../contents/source-records.ts";
import { readExtract, readJson } from "./read-extract.ts";

/** What several checks read of a bundle. */
export interface BundleContents {
  readonly about: BundleDocument;
  readonly acts: readonly CustodyEntry[];
  readonly sources: readonly SourceRecord[];
}

/** @throws Error with the file that cannot be read */
export async function bundleContents(bag: Bag): Promise<BundleContents> {
  const lines = await custodyLinesOf(bag);
  return {
    about: await readJson<BundleDocument>(bag, "bundle.json"),
    acts: lines.map((line, index) => {
      try {
        return JSON.parse(line) as CustodyEntry;
      } catch {
        throw new Error(`line ${index + 1} of custody.jsonl is not valid JSON`);
      }
    }),
    sources: (await readJson<{ sources: SourceRecord[] }>(bag, "sources.json")).sources,
  };
}

/** Acts that stand there whole: in a dossier those that name others do not. */
export const openActs = (acts: readonly CustodyEntry[]): CustodyEntry[] =>
  acts.filter(({ detail }) => (detail as unknown) !== undefined);

/** Whether a part of a dossier hides what names others, so that nothing can be compared with it. */
export const isHidden = (value: unknown): boolean => JSON.stringify(value).includes(HIDDEN);

export const custodyLinesOf = async (bag: Bag): Promise<string[]> =>
  (await readExtract(bag, "custody.jsonl")).split("\n").filter((line) => line !== "");
