import { stat } from "node:fs/promises";
import path from "node:path";
import { Refusal } from "../../../../shared/base/errors.ts";
import { BAGIT } from "../../bag/bag-layout.ts";
import { type Bag, loadBag } from "../../bag/load-bag.ts";
import { openFolder } from "../../bag/open-folder.ts";
import { type Container, openContainer } from "./open-zip.ts";

export interface OpenBag {
  /** Absent where the zip cannot be read: then `container` has the faults. */
  readonly bag: Bag | undefined;
  /** Of the folder: links, devices and the like. */
  readonly faults: readonly string[];
  /** The zip that it lies in, or undefined. */
  readonly container: Container | undefined;
  close(): Promise<void>;
}

/**
 * Opens a bag, in a zip or as a folder.
 * @throws Refusal `bundle-missing`, `file-unreadable`
 */
export async function openBag(target: string): Promise<OpenBag> {
  if (await isFolder(target)) {
    let folder = await openFolder(target).catch((error: unknown) => Promise.reject(unreadable(target, error)));
    // "Extract all" on Windows puts the bag's folder into one of the same name.
    const [inner, ...others] = new Set([...folder.files.sizes.keys()].map((name) => name.split("/")[0] ?? ""));
    if (inner !== undefined && others.length === 0 && folder.files.sizes.has(`${inner}/${BAGIT}`)) {
      const { files, faults } = await openFolder(path.join(target, inner));
      folder = { files, faults: [...folder.faults, ...faults] };
    }
    return { bag: await loadBag(folder.files), faults: folder.faults, container: undefined, close: async () => {} };
  }
  const container = await openContainer(target).catch((error: unknown) => Promise.reject(unreadable(target, error)));
  try {
    const bag = container.files === undefined ? undefined : await loadBag(container.files);
    return { bag, faults: [], container, close: () => container.close() };
  } catch (error) {
    await container.close();
    throw error;
  }
}

async function isFolder(target: string): Promise<boolean> {
  try {
    const found = await stat(target);
    if (found.isDirectory() || found.isFile()) return found.isDirectory();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== "ENOENT" && code !== "ENOTDIR") throw unreadable(target, error);
  }
  throw new Refusal("bundle-missing", `${target} is not a bundle, a bag or a case`, "name a zip file or a folder");
}

const unreadable = (target: string, error: unknown) =>
  new Refusal(
    "file-unreadable",
    `${target} cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown"})`,
    "check its permissions",
    {
      cause: error,
    },
  );
