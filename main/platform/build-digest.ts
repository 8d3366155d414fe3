import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { sha256Of } from "./sha256.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** What works out numbers: at these places in the sources and in a built program. */
const PARTS = ["main", "shared", "resources"];

let digest: string | undefined;

/**
 * SHA-256 over names and digests of the program's own files, as `sha256sum` lists them, by name: two programs of one version
 * that are not the same are told apart. The page of the window is no part of it.
 */
export function buildDigest(): string {
  digest ??= sha256Of([...PARTS.flatMap(filesIn), "package.json"].sort().map(lineOf).join(""));
  return digest;
}

/** A built program has `shared` in its code, and no such folder. */
function filesIn(part: string): string[] {
  const folder = path.join(ROOT, part);
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? filesIn(`${part}/${entry.name}`) : [`${part}/${entry.name}`]));
}

const lineOf = (name: string): string => `${sha256Of(fs.readFileSync(path.join(ROOT, name)))}  ${name}\n`;
