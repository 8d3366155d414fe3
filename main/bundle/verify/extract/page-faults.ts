import { startThread } from "../../../platform/workers.ts";
import { nameList, readAll } from "../../bag/bag-files.ts";
import { SIGNATURE } from "../../bag/bag-layout.ts";
import type { Bag } from "../../bag/load-bag.ts";
import { type PageInput, pageInput } from "../../contents/page-input.ts";
import { payloadDocuments, payloadPages, tagTextOptions } from "../../report/pages.ts";
import { tagTexts } from "../../report/tag-texts.ts";
import { keyOfSignature } from "../../signature/ssh-signature.ts";
import type { CatalogInput } from "../../viewer/catalog.ts";
import { isLarge } from "../bag/large-bag.ts";
import { faultsOf } from "./compare-files.ts";
import { readExtract } from "./read-extract.ts";
import { type ViewerFaults, viewerFaults } from "./viewer-faults.ts";

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

/**
 * The pages of the payload against those that the extract gives, byte for byte.
 * @param target where the bag lies, if it may be opened once more
 */
export function payloadPageFaults(bag: Bag, input: PageInput, target?: string): Promise<readonly string[]> {
  const faults = known.get(bag) ?? comparePages(bag, input, target);
  known.set(bag, faults);
  return faults;
}

async function comparePages(bag: Bag, input: PageInput, target: string | undefined): Promise<readonly string[]> {
  const beside = viewerFaultsBeside(bag, input, target);
  // It is awaited below.
  beside.catch(() => {});
  const made = new Map<string, string | Uint8Array>([...payloadPages(input), ...(await payloadDocuments(input))]);
  const viewer = await beside;
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

/** Of a large bag by a thread of its own, which is told where the bag lies. */
function viewerFaultsBeside(bag: Bag, input: PageInput, target: string | undefined): Promise<ViewerFaults> {
  if (target === undefined || !isLarge(bag)) return viewerFaults(bag, input);
  const { about, findings, remedy, policy, sources } = input;
  const known: CatalogInput = { about, findings, remedy, policy, sources };
  const worker = startThread(import.meta.url, "viewer", { workerData: { target, input: known }, isLean: true });
  return new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", () => reject(new Error("the thread that makes the viewer's data anew ended")));
  });
}

/** The files beside `data` that are no manifest and no signature. */
export async function tagTextFaults(bag: Bag, input: PageInput): Promise<string[]> {
  const payload = [...bag.files.sizes].filter(([name]) => name.startsWith("data/"));
  const bytes = payload.reduce((sum, [, size]) => sum + size, 0);
  return faultsOf(bag, tagTexts(tagTextOptions(input), { bytes, files: payload.length }));
}
