import fs from "node:fs";
import path from "node:path";
import { verifyBag } from "../../main/bundle/verify/bag/verify-bag.ts";
import { verify } from "../../main/bundle/verify/verify.ts";
import { signedBundle, zipOf } from "../main/bundle/signed-bundle.ts";
import { temporaryFolder } from "../temporary.ts";

/** Even, and without a period: the n-th of numbers in [0, 1). */
const spread = (n: number): number => (n * 0.618_033_988_749_895) % 1;

/** Changes a byte to another. */
const change = (bytes: Buffer, at: number, n: number): void => {
  bytes[at] = ((bytes[at] as number) + 1 + Math.floor(spread(n + 7) * 255)) & 255;
};

/** Of a bundle's zip, `count` changes of one byte each, anywhere: those that `verify` did not find. */
export async function unseenInZip(count: number): Promise<string[]> {
  const zip = zipOf(await signedBundle({ originals: true }));
  const whole = fs.readFileSync(zip);
  const target = path.join(temporaryFolder(), "changed.zip");
  const unseen: string[] = [];
  if (!(await verify(zip)).ok) unseen.push("the bundle as it is");
  for (let n = 0; n < count; n += 1) {
    const bytes = Buffer.from(whole);
    const at = Math.floor(spread(n) * whole.length);
    change(bytes, at, n);
    fs.writeFileSync(target, bytes);
    if (await isSound(target)) unseen.push(`byte ${at}`);
  }
  return unseen;
}

/** The same of its folder: the files one after the other, each in as many places as its part of the bytes, but in one at least. */
export async function unseenInFolder(count: number): Promise<string[]> {
  const folder = await signedBundle({ originals: true });
  const files = fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
  const sizes = files.map((file) => fs.statSync(file).size);
  const all = sizes.reduce((sum, size) => sum + size, 0);
  const unseen: string[] = [];
  if (!(await verify(folder)).ok) unseen.push("the bundle as it is");
  for (const [index, file] of files.entries()) {
    const whole = fs.readFileSync(file);
    const times = Math.max(1, Math.round((count * (sizes[index] as number)) / all));
    for (let n = 0; n < times; n += 1) {
      const bytes = Buffer.from(whole);
      const at = Math.floor(spread(n + index) * whole.length);
      change(bytes, at, n);
      fs.writeFileSync(file, bytes);
      if (await isSound(folder)) unseen.push(`${path.relative(folder, file)}, byte ${at}`);
    }
    fs.writeFileSync(file, whole);
  }
  return unseen;
}

/** What digests, signature and the zip's shape find already, needs no reading of the contents. */
const isSound = async (target: string): Promise<boolean> => (await verifyBag(target)).ok && (await verify(target)).ok;
