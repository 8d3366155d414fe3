import type { CustodyEntry } from "../../../custody/append.ts";
import type { Bag } from "../../bag/load-bag.ts";
import type { BundleDocument } from "../../contents/bundle-record.ts";
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

export const custodyLinesOf = async (bag: Bag): Promise<string[]> =>
  (await readExtract(bag, "custody.jsonl")).split("\n").filter((line) => line !== "");
