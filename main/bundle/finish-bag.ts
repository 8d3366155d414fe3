import { createReadStream } from "node:fs";
import { stat, writeFile } from "node:fs/promises";
import path from "node:path";
import * as layout from "./bag/bag-layout.ts";
import { digestFiles } from "./bag/digest-files.ts";
import { type Algorithm, printManifest } from "./bag/manifest.ts";
import { openFolder } from "./bag/open-folder.ts";
import { sealScript } from "./bag/seal-script.ts";
import { printTags, type Tag } from "./bag/tag-file.ts";
import { verifyText } from "./report/verify-text.ts";
import type { SigningKey } from "./signature/ssh-key.ts";
import { signMessage } from "./signature/ssh-signature.ts";
import { writeZip } from "./zip/write-zip.ts";

export interface BagOptions {
  /** Case slug and bundle number; the folder's name in the zip. */
  readonly name: string;
  /** YYYY-MM-DD. */
  readonly date: string;
  /** `Exhibit` and its version. */
  readonly software: string;
  /** More for bag-info.txt, in this order. */
  readonly info?: readonly Tag[];
  /** The page OPEN.html, whole. */
  readonly openPage: string;
  /** Without one the bundle is unsigned. */
  readonly key?: SigningKey;
}

export interface FinishedBag {
  readonly folder: string;
  readonly name: string;
  /** Every file of the bag in the order of the zip. */
  readonly files: readonly { readonly path: string; readonly size: number; readonly sha256: string }[];
  /** Hex. */
  readonly tagManifestSha256: string;
  readonly signed: boolean;
}

/**
 * Makes a bag of `folder`, which holds the finished payload in `data/` and nothing else: lists it, signs the list, and
 * writes every tag file. The same payload and options give the same bytes.
 */
export async function finishBag(folder: string, options: BagOptions): Promise<FinishedBag> {
  const { files, faults } = await openFolder(folder);
  const odd = [...files.sizes.keys()].find((name) => !layout.PAYLOAD_NAME.test(name));
  if (odd !== undefined || faults.length > 0) throw new Error(`not a payload file: ${odd ?? faults[0]}`);
  const payload = await sha256Of(folder, [...files.sizes.keys()]);
  const bytes = [...files.sizes.values()].reduce((sum, size) => sum + size, 0);

  const put = (name: string, text: string) => writeFile(path.join(folder, name), text, { flag: "wx" });
  const manifest = printManifest(payload);
  const info: Tag[] = [
    [layout.NAME_LABEL, options.name],
    ...(options.info ?? []),
    ["Bagging-Date", options.date],
    ["Bag-Software-Agent", options.software],
    ...(options.key === undefined ? [] : [[layout.SIGNING_KEY, options.key.publicKey.fingerprint] as const]),
    ["Payload-Oxum", `${bytes}.${files.sizes.size}`],
  ];
  await put(layout.BAGIT, "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
  await put(layout.BAG_INFO, printTags(info));
  await put(layout.MANIFEST, manifest);
  await put(layout.OPEN_PAGE, options.openPage);
  await put(layout.VERIFY_TEXT, verifyText(options.name, options.key?.publicKey));

  const tagManifest = printManifest(await sha256Of(folder, layout.TAGS_LISTED));
  const signature = options.key === undefined ? null : signMessage(options.key, Buffer.from(tagManifest));
  await put(layout.TAG_MANIFEST, tagManifest);
  if (signature !== null) await put(layout.SIGNATURE, signature);
  await put(layout.SEAL, sealScript(manifest, tagManifest, signature));

  const tags = await sha256Of(
    folder,
    signature === null ? layout.TAG_ORDER.filter((name) => name !== layout.SIGNATURE) : layout.TAG_ORDER,
  );
  const order = [
    ...tags.keys(),
    ...manifest
      .split("\n")
      .slice(0, -1)
      .map((line) => line.slice(66)),
  ];
  const digests = new Map([...payload, ...tags]);
  const sized = order.map(async (name) => ({
    path: name,
    size: files.sizes.get(name) ?? (await stat(path.join(folder, name))).size,
    sha256: digests.get(name) as string,
  }));
  return {
    folder,
    name: options.name,
    files: await Promise.all(sized),
    tagManifestSha256: tags.get(layout.TAG_MANIFEST) as string,
    signed: signature !== null,
  };
}

/** Packs a finished bag. Refuses as `writeZip` does. */
export async function zipBag(bag: FinishedBag, out: string): Promise<{ readonly bytes: number }> {
  return writeZip(
    out,
    bag.files.map((file) => ({
      name: `${bag.name}/${file.path}`,
      size: file.size,
      sha256: file.sha256,
      read: () => createReadStream(path.join(bag.folder, file.path), { highWaterMark: 1 << 18 }),
    })),
  );
}

async function sha256Of(folder: string, names: readonly string[]): Promise<Map<string, string>> {
  const read = (name: string) => createReadStream(path.join(folder, name), { highWaterMark: 1 << 18 });
  const wanted = new Map(names.map((name) => [name, new Set<Algorithm>(["sha256"])]));
  const results = await digestFiles({ sizes: new Map(), folders: new Set(), read }, wanted);
  return new Map(
    names.map((name) => {
      const digests = results.get(name);
      if (digests === undefined || digests instanceof Error) throw digests ?? new Error(`${name} was not read`);
      return [name, digests.get("sha256") as string];
    }),
  );
}
