import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { nameOfBytes } from "../../platform/byte-name.ts";
import { printable } from "../../platform/printable-name.ts";
import type { BagFiles } from "./bag-files.ts";
import { pieceBytes } from "./read-pieces.ts";

/** A folder's files. `faults` are sentences about links, devices and the like; such entries are never opened. */
interface Folder {
  readonly files: BagFiles;
  readonly faults: readonly string[];
}

/** Walks a folder. A link to a file in the same folder counts as that file. Links to folders are not followed. */
export async function openFolder(target: string): Promise<Folder> {
  const root = await realpath(target);
  const real = new Map<string, string>();
  const sizes = new Map<string, number>();
  const folders = new Set<string>();
  const faults: string[] = [];

  const walk = async (inside: string): Promise<void> => {
    for (const entry of await readdir(path.join(root, inside), { withFileTypes: true, encoding: "buffer" })) {
      const own = nameOfBytes(entry.name);
      const name = inside === "" ? own : `${inside}/${own}`;
      if (!isUtf8(entry.name)) {
        faults.push(`${printable(name)} is not read, because its name is not UTF-8`);
        continue;
      }
      const full = path.join(root, name);
      if (entry.isDirectory()) {
        folders.add(name);
        await walk(name);
      } else if (entry.isFile() || entry.isSymbolicLink()) {
        const at = entry.isFile() ? full : await realpath(full).catch(() => undefined);
        const outside = at === undefined || !at.startsWith(root + path.sep);
        const found = outside ? undefined : await stat(at);
        if (found?.isFile()) {
          real.set(name, at as string);
          sizes.set(name, found.size);
        } else {
          faults.push(`${printable(name)} is a link that leads ${outside ? "out of the bag" : "to a folder"}`);
        }
      } else {
        faults.push(`${printable(name)} is neither a file nor a folder`);
      }
    }
  };
  await walk("");

  const read = (name: string) =>
    createReadStream(real.get(name) ?? "", { highWaterMark: pieceBytes(sizes.get(name) ?? 0) });
  return { files: { sizes, folders, read }, faults };
}
