import fs from "node:fs";
import { Refusal } from "../../shared/base/errors.ts";

/**
 * The bytes of a small file that a user wrote: registry, mapping, policy, claims, key.
 * @throws Refusal `file-missing`, `file-is-folder`, `file-unreadable`, `file-empty`
 */
export function readText(file: string): Buffer {
  let bytes: Buffer;
  try {
    bytes = fs.readFileSync(file);
  } catch (error) {
    const code = (error as { code?: string }).code;
    if (code === "ENOENT")
      throw new Refusal("file-missing", `${file} is not there`, "check the name", { cause: error });
    if (code === "EISDIR")
      throw new Refusal("file-is-folder", `${file} is a folder`, "name a file in it", { cause: error });
    throw new Refusal("file-unreadable", `${file} cannot be read (${code ?? "unknown"})`, "check its permissions", {
      cause: error,
    });
  }
  if (bytes.length === 0) throw new Refusal("file-empty", `${file} is empty`, "give the file that holds the data");
  return bytes;
}
