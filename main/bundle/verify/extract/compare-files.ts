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
    const bytes = typeof text === "string" ? Buffer.from(text) : text;
    if (await isSame(bag, name, bytes)) continue;
    const said = await readAll(bag.files, name, MAX_PAGE_BYTES);
    const place = typeof text === "string" ? ` line ${firstOther(said, text)}` : "";
    const what = name.startsWith("data/viewer/") ? viewerDifference(name, said, Buffer.from(bytes)) : undefined;
    faults.push(`${name}${place} is not what the extract gives${what === undefined ? "" : `: ${visible(what)}`}`);
  }
  return faults;
}

/** Compared as it is read: most are as they were made. */
async function isSame(bag: Bag, name: string, bytes: Uint8Array): Promise<boolean> {
  if (bag.files.sizes.get(name) !== bytes.length) return false;
  let at = 0;
  for await (const piece of bag.files.read(name)) {
    if (!piece.equals(bytes.subarray(at, at + piece.length))) return false;
    at += piece.length;
  }
  return at === bytes.length;
}

/** The number of the first line that differs. */
function firstOther(said: Buffer, text: string): number {
  const [own, made] = [said.toString("latin1").split("\n"), Buffer.from(text).toString("latin1").split("\n")];
  const at = own.findIndex((line, index) => line !== made[index]);
  return (at < 0 ? own.length : at) + 1;
}
