import { visible } from "../../../../shared/base/visible.ts";
import { readAll } from "../../bag/bag-files.ts";
import type { Bag } from "../../bag/load-bag.ts";
import { viewerDifference } from "./viewer-difference.ts";

/** A page longer than this is none of ours. */
const MAX_PAGE_BYTES = 1 << 28;

/** Which of these files are not there, or not as they were made anew. */
export async function faultsOf(bag: Bag, made: ReadonlyMap<string, string | Uint8Array>): Promise<string[]> {
  const faults: string[] = [];
  for (const [name, text] of made) {
    if (!bag.files.sizes.has(name)) {
      faults.push(`${name} is not there`);
      continue;
    }
    const said = await readAll(bag.files, name, MAX_PAGE_BYTES);
    if (said.equals(Buffer.from(text))) continue;
    const place = typeof text === "string" ? ` line ${firstOther(said, text)}` : "";
    const what = name.startsWith("data/viewer/") ? viewerDifference(name, said, Buffer.from(text)) : undefined;
    faults.push(`${name}${place} is not what the extract gives${what === undefined ? "" : `: ${visible(what)}`}`);
  }
  return faults;
}

/** The number of the first line that differs. */
function firstOther(said: Buffer, text: string): number {
  const [own, made] = [said.toString("latin1").split("\n"), Buffer.from(text).toString("latin1").split("\n")];
  const at = own.findIndex((line, index) => line !== made[index]);
  return (at < 0 ? own.length : at) + 1;
}
