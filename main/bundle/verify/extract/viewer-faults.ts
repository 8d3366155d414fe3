import type { Bag } from "../../bag/load-bag.ts";
import type { CatalogInput } from "../../viewer/catalog.ts";
import { viewerFiles } from "../../viewer/viewer-files.ts";
import { faultsOf } from "./compare-files.ts";

const MAX_VIEWER_FAULTS = 8;

export interface ViewerFaults {
  /** Of the files that the extract gives. */
  readonly names: ReadonlySet<string>;
  readonly faults: readonly string[];
}

/** The viewer's data, a file after the other: all of it together may be larger than memory. */
export async function viewerFaults(bag: Bag, input: CatalogInput): Promise<ViewerFaults> {
  const names = new Set<string>();
  const faults: string[] = [];
  try {
    for await (const { name, bytes } of viewerFiles((each) => bag.files.read(`data/extract/${each}`), input)) {
      const path = `data/viewer/${name}`;
      names.add(path);
      for (const fault of await faultsOf(bag, new Map([[path, bytes]])))
        if (faults.length < MAX_VIEWER_FAULTS) faults.push(fault);
    }
  } catch (error) {
    // Of what is not made the files are not compared, and none of them is a stranger.
    for (const name of bag.files.sizes.keys()) if (name.startsWith("data/viewer/")) names.add(name);
    faults.push(`data/viewer cannot be made of the extract: ${(error as Error).message}`);
  }
  return { names, faults };
}
