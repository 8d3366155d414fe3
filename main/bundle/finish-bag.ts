import { createReadStream } from "node:fs";
import { stat, writeFile } from "node:fs/promises";
import path from "node:path";
import * as layout from "./bag/bag-layout.ts";
import { digestsIn } from "./bag/digest-files.ts";
import { printManifest } from "./bag/manifest.ts";
import { openFolder } from "./bag/open-folder.ts";
import { readPieces } from "./bag/read-pieces.ts";
import { type Helper, helped } from "./helper.ts";
import { digestOfPart } from "./helper-jobs.ts";
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
  readonly files: readonly { readonly path: string; readonly size: number; readonly sha256: string }[];
  /** Hex. */
  readonly tagManifestSha256: string;
  readonly signed: boolean;
}

/**
 * Makes a bag of `folder`, which holds the finished payload in `data/` and nothing else: lists it, signs the list, and
 * writes every tag file. The same payload and options give the same bytes.
 */
export async function finishBag(folder: string, options: BagOptions, helper?: Helper): Promise<FinishedBag> {
  const { files, faults } = await openFolder(folder);
  const odd = [...files.sizes.keys()].find((name) => !layout.PAYLOAD_NAME.test(name));
  if (odd !== undefined || faults.length > 0) throw new Error(`not a payload file: ${odd ?? faults[0]}`);
  const payload = await digestsOf(folder, files.sizes, helper);
  const bytes = [...files.sizes.values()].reduce((sum, size) => sum + size, 0);

  const put = (name: string, text: string) => writeFile(path.join(folder, name), text, { flag: "wx" });
  const manifest = printManifest(payload);
  const { key, ...rest } = options;
  const texts = tagTexts({ ...rest, key: key?.publicKey }, { bytes, files: files.sizes.size });
  for (const [name, text] of texts) await put(name, text);
  await put(layout.MANIFEST, manifest);

  const tagManifest = printManifest(await digestsIn(folder, layout.TAGS_LISTED));
  const signature = key === undefined ? undefined : signMessage(key, Buffer.from(tagManifest));
  await put(layout.TAG_MANIFEST, tagManifest);
  if (signature !== undefined) await put(layout.SIGNATURE, signature);

  const tags = await digestsIn(
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
    signed: signature !== undefined,
  };
}

/** Packs a finished bag. Refuses as `writeZip` does. */
export async function zipBag(
  bag: FinishedBag,
  out: string,
  options: { readonly isCompact?: boolean; begins?(file: { readonly size: number }): void } = {},
  helper?: Helper,
): Promise<{ readonly bytes: number }> {
  return writeZip(
    out,
    bag.files.map((file) => ({
      name: `${bag.name}/${file.path}`,
      size: file.size,
      sha256: file.sha256,
      // A deflater may keep what it is given.
      read: () => {
        options.begins?.(file);
        return options.isCompact
          ? createReadStream(path.join(bag.folder, file.path), { highWaterMark: 1 << 18 })
          : readPieces(path.join(bag.folder, file.path));
      },
    })),
    {
      ...options,
      ...(helper && { digest: (from: number, to: number) => digestBeside(helper, out, from, to) }),
    },
  );
}

const digestBeside = (helper: Helper, file: string, from: number, to: number): Promise<string> =>
  helped(helper.run<string>({ kind: "digest", file, from, to }), () => digestOfPart(file, from, to));

/** With a helper each makes about half of it. */
async function digestsOf(
  folder: string,
  sizes: ReadonlyMap<string, number>,
  helper: Helper | undefined,
): Promise<ReadonlyMap<string, string>> {
  const names = [...sizes.keys()];
  if (!helper) return digestsIn(folder, names);
  const halves = { own: [] as string[], other: [] as string[] };
  let more = 0;
  for (const [name, size] of [...sizes].sort((a, b) => b[1] - a[1])) {
    halves[more > 0 ? "other" : "own"].push(name);
    more += more > 0 ? -size : size;
  }
  const helping = helper.run<ReadonlyMap<string, string>>({ kind: "digests", folder, names: halves.other });
  helping.catch(() => {});
  const own = await digestsIn(folder, halves.own);
  const other = await helped(helping, () => digestsIn(folder, halves.other));
  return new Map([...own, ...other]);
}
