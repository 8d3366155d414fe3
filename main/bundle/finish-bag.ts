import { createReadStream } from "node:fs";
import { stat, unlink, writeFile } from "node:fs/promises";
import path from "node:path";
import * as layout from "./bag/bag-layout.ts";
import { type FileSums, sumsIn } from "./bag/digest-files.ts";
import { printManifest } from "./bag/manifest.ts";
import { openFolder } from "./bag/open-folder.ts";
import { readPieces } from "./bag/read-pieces.ts";
import { type Helper, helped } from "./helper.ts";
import { type TagTextOptions, tagTexts } from "./report/tag-texts.ts";
import type { SigningKey } from "./signature/ssh-key.ts";
import { signMessage } from "./signature/ssh-signature.ts";
import { writeZip } from "./zip/write-zip.ts";

export interface BagOptions extends Omit<TagTextOptions, "key"> {
  /** Without one the bundle is unsigned. */
  readonly key?: SigningKey | undefined;
}

export interface FinishedBag {
  readonly folder: string;
  readonly name: string;
  /** Every file of the bag in the order of the zip. */
  readonly files: readonly (FileSums & { readonly path: string; readonly size: number })[];
  /** Hex. */
  readonly tagManifestSha256: string;
  readonly signed: boolean;
}

/**
 * Makes a bag of `folder`, which holds the finished payload in `data/` and nothing else: lists it, signs the list, and
 * writes every tag file. The same payload and options give the same bytes.
 * @param known of files of the payload that were read already
 */
export async function finishBag(
  folder: string,
  options: BagOptions,
  helper?: Helper,
  known: ReadonlyMap<string, FileSums> = new Map(),
): Promise<FinishedBag> {
  const { files, faults } = await openFolder(folder);
  const odd = [...files.sizes.keys()].find((name) => !layout.PAYLOAD_NAME.test(name));
  if (odd !== undefined || faults.length > 0) throw new Error(`not a payload file: ${odd ?? faults[0]}`);
  const payload = new Map([...known, ...(await sumsOf(folder, files.sizes, known, helper))]);
  const bytes = [...files.sizes.values()].reduce((sum, size) => sum + size, 0);

  const put = (name: string, text: string) => writeFile(path.join(folder, name), text, { flag: "wx" });
  const manifest = printManifest(digestsOf(payload));
  const { key, ...rest } = options;
  const texts = tagTexts({ ...rest, key: key?.publicKey }, { bytes, files: files.sizes.size });
  for (const [name, text] of texts) await put(name, text);
  await put(layout.MANIFEST, manifest);

  const tagManifest = printManifest(digestsOf(sumsIn(folder, layout.TAGS_LISTED)));
  const signature = key === undefined ? undefined : signMessage(key, Buffer.from(tagManifest));
  await put(layout.TAG_MANIFEST, tagManifest);
  if (signature !== undefined) await put(layout.SIGNATURE, signature);

  const tags = sumsIn(
    folder,
    signature === undefined ? layout.TAG_ORDER.filter((name) => name !== layout.SIGNATURE) : layout.TAG_ORDER,
  );
  const order = [
    ...tags.keys(),
    ...manifest
      .split("\n")
      .slice(0, -1)
      .map((line) => line.slice(66)),
  ];
  const sums = new Map([...payload, ...tags]);
  const sized = order.map(async (name) => ({
    path: name,
    size: files.sizes.get(name) ?? (await stat(path.join(folder, name))).size,
    ...(sums.get(name) as FileSums),
  }));
  return {
    folder,
    name: options.name,
    files: await Promise.all(sized),
    tagManifestSha256: tags.get(layout.TAG_MANIFEST)?.sha256 as string,
    signed: signature !== undefined,
  };
}

interface Packing {
  readonly isCompact?: boolean;
  /** Each file of the folder is removed once it is packed: a bundle is not twice on the disk, and nobody waits for that. */
  readonly removes?: boolean;
  begins?(file: { readonly size: number }): void;
}

/** Packs a finished bag. Refuses as `writeZip` does. */
export async function zipBag(
  bag: FinishedBag,
  out: string,
  options: Packing = {},
): Promise<{ readonly bytes: number }> {
  const removed: Promise<void>[] = [];
  const zip = await writeZip(
    out,
    bag.files.map((file) => ({
      name: `${bag.name}/${file.path}`,
      size: file.size,
      sha256: file.sha256,
      crc: file.crc,
      async *read() {
        options.begins?.(file);
        const from = path.join(bag.folder, file.path);
        // A deflater may keep what it is given.
        yield* options.isCompact ? createReadStream(from, { highWaterMark: 1 << 18 }) : readPieces(from);
        // What cannot be removed now is so with the folder.
        if (options.removes) removed.push(unlink(from).catch(() => {}));
      },
    })),
    options,
  );
  await Promise.all(removed);
  return zip;
}

const digestsOf = (sums: ReadonlyMap<string, FileSums>): ReadonlyMap<string, string> =>
  new Map(Array.from(sums, ([name, { sha256 }]) => [name, sha256]));

/** Of the files that are not known. With a helper each reads about half of them. */
async function sumsOf(
  folder: string,
  sizes: ReadonlyMap<string, number>,
  known: ReadonlyMap<string, FileSums>,
  helper: Helper | undefined,
): Promise<ReadonlyMap<string, FileSums>> {
  const names = [...sizes.keys()].filter((name) => !known.has(name));
  if (!helper) return sumsIn(folder, names);
  const sizeOf = (name: string) => sizes.get(name) as number;
  const halves = { own: [] as string[], other: [] as string[] };
  let more = 0;
  for (const name of names.sort((a, b) => sizeOf(b) - sizeOf(a))) {
    halves[more > 0 ? "other" : "own"].push(name);
    more += more > 0 ? -sizeOf(name) : sizeOf(name);
  }
  const helping = helper.run<ReadonlyMap<string, FileSums>>({ kind: "sums", folder, names: halves.other });
  helping.catch(() => {});
  const own = sumsIn(folder, halves.own);
  const other = await helped(helping, () => sumsIn(folder, halves.other));
  return new Map([...own, ...other]);
}
