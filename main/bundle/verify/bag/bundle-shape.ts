import { type BagFiles, nameList, readAll } from "../../bag/bag-files.ts";
import * as layout from "../../bag/bag-layout.ts";
import { type Bag, MAX_TAG_FILE_BYTES } from "../../bag/load-bag.ts";
import { sealHolds, sealScript } from "../../bag/seal-script.ts";
import { valuesOf } from "../../bag/tag-file.ts";
import { isFirstVersion, strangersInPayload } from "./closed-list.ts";
import type { Container } from "./open-zip.ts";

/** What an Exhibit bundle must have beyond being a bag; sentences about what it has not. */
export async function exhibitFaults(bag: Bag): Promise<string[]> {
  const faults: string[] = [];
  const names = [...bag.files.sizes.keys()];
  const signed = bag.files.sizes.has(layout.SIGNATURE);
  const needed = layout.TAG_ORDER.filter((name) => name !== layout.SIGNATURE);
  const say = (what: string, list: readonly string[]) =>
    void (list.length > 0 && faults.push(`${what}: ${nameList(list)}`));

  if (bag.declaration.version !== "1.0") faults.push("a bundle is a bag of BagIt 1.0");
  say(
    "a bundle needs",
    [...needed, layout.BUNDLE_RECORD].filter((name) => !bag.files.sizes.has(name)),
  );
  const order = await tagOrder(bag);
  const strangers = names.filter((name) => !order.includes(name) && !name.startsWith("data/"));
  say("files that do not belong to a bundle", strangers);
  if (strangers.some((name) => /(^|\/)(\.DS_Store|\._[^/]*|Thumbs\.db|desktop\.ini)$/.test(name))) {
    faults.push("some of these are left by Windows or macOS when a folder is looked at, and may be removed");
  }
  say(
    "names a bundle's files do not have",
    names.filter((name) => name.startsWith("data/") && !layout.PAYLOAD_NAME.test(name)),
  );
  const listed = new Set(bag.tagManifests.flatMap((manifest) => manifest.lines.map((line) => line.names[0] ?? "")));
  say(
    "tag files the tag manifest does not list",
    layout.TAGS_LISTED.filter((name) => !listed.has(name)),
  );
  if (order.includes(layout.SEAL)) faults.push(...(await sealFaults(bag.files, signed)));
  else faults.push(...(await strangersInPayload(bag)));
  return faults;
}

/** The tag files that a bundle may have, in their order. */
const tagOrder = async (bag: Bag): Promise<readonly string[]> =>
  (await isFirstVersion(bag)) ? [...layout.TAG_ORDER, layout.SEAL] : layout.TAG_ORDER;

/** A script in no manifest: it is made again and compared. */
async function sealFaults(files: BagFiles, signed: boolean): Promise<string[]> {
  const copied = [layout.MANIFEST, layout.TAG_MANIFEST, ...(signed ? [layout.SIGNATURE] : [])];
  if (![layout.SEAL, ...copied].every((name) => files.sizes.has(name))) return [];
  const text = async (name: string) => (await readAll(files, name, 2 * MAX_TAG_FILE_BYTES)).toString("utf8");
  try {
    const seal = await text(layout.SEAL);
    const texts = await Promise.all(copied.map(text));
    const [manifest = "", tagManifest = "", signature = null] = texts;
    if (seal === sealScript(manifest, tagManifest, signature)) return [];
    const differing = copied.filter((_, at) => !sealHolds(seal, texts[at] ?? ""));
    if (differing.length === 0) return ["seal.js is not as Exhibit writes it"];
    return [`seal.js and what it is a copy of differ: ${nameList(differing)}`];
  } catch (error) {
    return [`seal.js cannot be compared: ${(error as Error).message}`];
  }
}

/** Whether the zip holds the tag files in their order, then the payload in the manifest's, in the folder the bag names. */
export async function orderFault(container: Container, bag: Bag): Promise<string | undefined> {
  const name = valuesOf(bag.info, layout.NAME_LABEL)[0] ?? "";
  if (container.top !== name)
    return `the folder in the zip is not called ${JSON.stringify(name)}, as bag-info.txt says`;
  const payload = bag.manifests.flatMap((manifest) => manifest.lines.map((line) => line.names[0] ?? ""));
  const tags = (await tagOrder(bag)).filter((tag) => bag.files.sizes.has(tag));
  const expected = [...tags, ...payload].map((file) => `${name}/${file}`);
  const wrong = container.order.find((file, at) => file !== expected[at]);
  return wrong === undefined ? undefined : `entry ${nameList([wrong])} is not in its place in the order of a bundle`;
}
