import path from "node:path";
import { faultData, Refusal, type RefusalData } from "../../shared/base/errors.ts";

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? "");

/** What the file system or SQLite said, as one sentence about `where`. A Refusal passes as it is, anything else is undefined. */
export function faultOf(error: unknown, where: string): Refusal | undefined {
  if (error instanceof Refusal) return error;
  switch (codeOf(error)) {
    case "ENOSPC":
    case "EDQUOT":
    case "SQLITE_FULL":
      return new Refusal(
        "disk-full",
        `The disk is full at ${where}`,
        "make room and start again; what was committed stays",
        { cause: error },
      );
    case "SQLITE_IOERR_WRITE":
      return new Refusal(
        "disk-full",
        `${where} could not be written`,
        "check the disk's room and health, then start again",
        { cause: error },
      );
    case "EROFS":
    case "SQLITE_READONLY":
    case "SQLITE_READONLY_DIRECTORY":
      return new Refusal(
        "case-read-only",
        `${where} cannot be written`,
        "copy the case to a disk that can be written",
        { cause: error },
      );
    case "SQLITE_BUSY":
    case "SQLITE_LOCKED":
      return new Refusal("case-read-only", `${where} is in use by another program`, "close it there and try again", {
        cause: error,
      });
    case "SQLITE_CORRUPT":
    case "SQLITE_CORRUPT_VTAB":
    case "SQLITE_CORRUPT_INDEX":
    case "SQLITE_IOERR_SHORT_READ":
    case "SQLITE_NOTADB":
      return new Refusal("case-damaged", `${where} cannot be read as a database`, "restore the case from a copy", {
        cause: error,
      });
    case "ERR_WORKER_OUT_OF_MEMORY":
    case "ERR_MEMORY_ALLOCATION_FAILED":
    case "ERR_STRING_TOO_LONG":
    case "SQLITE_NOMEM":
      return outOfMemory(error);
    default:
      return error instanceof RangeError && NO_ROOM.test(error.message) ? outOfMemory(error) : undefined;
  }
}

/** What V8 says where a buffer, a list or a text finds no room; it has no code for that. */
const NO_ROOM = /^(?:Array buffer allocation failed|Invalid (?:array|string|typed array) length)/u;

const outOfMemory = (cause: unknown): Refusal =>
  new Refusal(
    "out-of-memory",
    "There is not enough memory for this",
    "close other programs, ask for less at a time, or do it on a machine with more; what was committed stays",
    { cause },
  );

/** Whatever was thrown, as it crosses to another thread or to the person in front: a sentence and what to do. */
export function refusalOf(error: unknown, where: string): RefusalData {
  const refusal = faultOf(error, where);
  if (refusal) return refusal.data();
  return faultData(error, "Exhibit itself failed", "report it with what you did; EXHIBIT_DEBUG=1 shows where");
}

export const damaged = (name: string, cause: unknown): Refusal =>
  new Refusal(
    "file-unreadable",
    `${name} is damaged: it begins as gzip and does not go on as such. Nothing was imported`,
    "ask for it again",
    { cause },
  );

/** What the file system says about a file that a user named. */
export function unreadable(error: unknown, file: string): unknown {
  const code = (error as { code?: string }).code ?? "";
  const name = path.basename(file);
  if (error instanceof Refusal) return error;
  // What the command line and a window hand over for a byte that is not UTF-8: no file is called so.
  if (code === "ENOENT" && file.includes("\uFFFD"))
    return new Refusal(
      "file-missing",
      `${file} cannot be found by that name; where it is there, its name is not UTF-8`,
      "rename it and give it again",
      { cause: error },
    );
  if (code === "ENOENT" || code === "ENOTDIR")
    return new Refusal("file-missing", `${file} is not there`, "check the name", { cause: error });
  if (code === "EISDIR")
    return new Refusal("file-is-folder", `${name} is a folder. Nothing was imported`, "name the files in it", {
      cause: error,
    });
  if (["EACCES", "EPERM", "EIO", "ELOOP", "ENXIO"].includes(code))
    return new Refusal(
      "file-unreadable",
      `${name} cannot be read (${code}). Nothing was imported`,
      "check its permissions",
      { cause: error },
    );
  return error;
}
