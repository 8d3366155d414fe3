import { nameList, readAll } from "../../bag/bag-files.ts";
import { SIGNATURE } from "../../bag/bag-layout.ts";
import type { Bag } from "../../bag/load-bag.ts";
import { type PageInput, pageInput } from "../../contents/page-input.ts";
import { payloadDocuments, payloadPages, tagTextOptions } from "../../report/pages.ts";
import { tagTexts } from "../../report/tag-texts.ts";
import { keyOfSignature } from "../../signature/ssh-signature.ts";
import { viewerFiles } from "../../viewer/viewer-files.ts";
import { readExtract } from "./read-extract.ts";

/** A page longer than this is none of ours. */
const MAX_PAGE_BYTES = 1 << 28;
const MAX_VIEWER_FAULTS = 8;
/**
 * Files that people read, or that run, and those of the layout that this version does not make: what of them it does not make
 * is not there, for none of its checks would look at it.
 */
const MADE = /^data\/(?:[^/]+|(?:viewer|legal)\/.+|extract\/commitments\.jsonl)$/u;

const LINES = /^data\/extract\/lines\/source-(\d+)\.txt$/u;

/** What the pages are made of, from the bundle's own extract. */
export async function pagesInput(bag: Bag): Promise<PageInput> {
  const key = bag.files.sizes.has(SIGNATURE)
    ? keyOfSignature((await readAll(bag.files, SIGNATURE, 1 << 16)).toString("latin1"))
    : undefined;
  return pageInput((name, most) => (most === undefined ? readExtract(bag, name) : startOf(bag, name, most)), key);
}

async function startOf(bag: Bag, name: string, most: number): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of bag.files.read(`data/extract/${name}`)) {
    pieces.push(Buffer.from(piece));
    bytes += piece.length;
    if (bytes >= most) break;
  }
  return Buffer.concat(pieces).subarray(0, most).toString("utf8");
}

/** Two checks ask for the same pages of a bag, and setting them costs most of a small bundle's check. */
const known = new WeakMap<Bag, Promise<readonly string[]>>();

/** The pages of the payload against those that the extract gives, byte for byte. */
export function payloadPageFaults(bag: Bag, input: PageInput): Promise<readonly string[]> {
  const faults = known.get(bag) ?? comparePages(bag, input);
  known.set(bag, faults);
  return faults;
}

async function comparePages(bag: Bag, input: PageInput): Promise<readonly string[]> {
  const made = new Map<string, string | Uint8Array>([...payloadPages(input), ...(await payloadDocuments(input))]);
  const viewer = await viewerFaults(bag, input);
  const strangers = [...bag.files.sizes.keys()].filter(
    (name) => MADE.test(name) && !made.has(name) && !viewer.names.has(name),
  );
  const { bates } = input.about;
  const findings = input.findings.rules.reduce((sum, { developers }) => sum + developers.length, 0);
  const lines = [...bag.files.sizes.keys()].flatMap((name) => LINES.exec(name)?.[1] ?? []).map(Number);
  const numbered =
    bates === undefined ||
    (bates.last - bates.first + 1 === findings + bates.natives.length &&
      bates.natives.join() === lines.sort((a, b) => a - b).join());
  return [
    ...(numbered ? [] : ["bundle.json: the Bates numbers are not those of its findings and of the logs in lines/"]),
    ...(await faultsOf(bag, made)),
    ...viewer.faults,
    ...(strangers.length > 0 ? [`files that this version makes of no extract: ${nameList(strangers)}`] : []),
  ];
}

/** The viewer's data, a file after the other: all of it together may be larger than memory. */
async function viewerFaults(bag: Bag, input: PageInput) {
  const names = new Set<string>();
  const faults: string[] = [];
  try {
    for await (const { name, text } of viewerFiles((each) => bag.files.read(`data/extract/${each}`), input)) {
      const path = `data/viewer/${name}`;
      names.add(path);
      for (const fault of await faultsOf(bag, new Map([[path, text]])))
        if (faults.length < MAX_VIEWER_FAULTS) faults.push(fault);
    }
  } catch (error) {
    // Of what is not made the files are not compared, and none of them is a stranger.
    for (const name of bag.files.sizes.keys()) if (name.startsWith("data/viewer/")) names.add(name);
    faults.push(`data/viewer cannot be made of the extract: ${(error as Error).message}`);
  }
  return { names, faults };
}

/** The files beside `data` that are no manifest and no signature. */
export async function tagTextFaults(bag: Bag, input: PageInput): Promise<string[]> {
  const payload = [...bag.files.sizes].filter(([name]) => name.startsWith("data/"));
  const bytes = payload.reduce((sum, [, size]) => sum + size, 0);
  return faultsOf(bag, tagTexts(tagTextOptions(input), { bytes, files: payload.length }));
}

async function faultsOf(bag: Bag, made: ReadonlyMap<string, string | Uint8Array>): Promise<string[]> {
  const faults: string[] = [];
  for (const [name, text] of made) {
    if (!bag.files.sizes.has(name)) {
      faults.push(`${name} is not there`);
      continue;
    }
    const said = await readAll(bag.files, name, MAX_PAGE_BYTES);
    if (said.equals(Buffer.from(text))) continue;
    const place = typeof text === "string" ? ` line ${firstOther(said, text)}` : "";
    faults.push(`${name}${place} is not what the extract gives`);
  }
  return faults;
}

/** The number of the first line that differs. */
function firstOther(said: Buffer, text: string): number {
  const [own, made] = [said.toString("latin1").split("\n"), Buffer.from(text).toString("latin1").split("\n")];
  const at = own.findIndex((line, index) => line !== made[index]);
  return (at < 0 ? own.length : at) + 1;
}
