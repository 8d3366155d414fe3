import { isUtf8 } from "node:buffer";
import fs from "node:fs";
import path from "node:path";
import type { LeftOut } from "../../../shared/model/source.ts";
import { nameOfBytes } from "../../platform/byte-name.ts";
import { isJunk } from "./member-names.ts";

export interface FolderFile {
  readonly file: string;
  /** The path from the folder that was named, with `/`. */
  readonly name: string;
}

/** Every file under a folder, in the order of their paths. What is no file, or cannot be a log, is listed with the reason. */
export function filesIn(folder: string): { files: FolderFile[]; leftOut: LeftOut[] } {
  const files: FolderFile[] = [];
  const leftOut: LeftOut[] = [];
  const visit = (at: string, inside: string) => {
    for (const entry of fs.readdirSync(at, { withFileTypes: true, encoding: "buffer" })) {
      const own = nameOfBytes(entry.name);
      const name = inside === "" ? own : `${inside}/${own}`;
      const file = path.join(at, own);
      if (!isUtf8(entry.name)) leftOut.push({ file: name, why: "its name is not UTF-8: rename it", refused: true });
      else if (isJunk(name)) leftOut.push({ file: name, why: "left behind by a file manager" });
      else if (entry.isSymbolicLink()) leftOut.push({ file: name, why: "it is a link to another file", refused: true });
      else if (entry.isDirectory()) {
        if (fs.existsSync(path.join(file, "case.db"))) leftOut.push({ file: name, why: "it is a case's own folder" });
        else visit(file, name);
      } else if (entry.isFile()) files.push({ file, name });
      else leftOut.push({ file: name, why: "it is a device or a pipe", refused: true });
    }
  };
  visit(folder, "");
  return { files: files.sort((a, b) => (a.name < b.name ? -1 : 1)), leftOut };
}
