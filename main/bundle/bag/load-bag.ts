import { printable } from "../../platform/printable-name.ts";
import { type BagFiles, nameList, readAll } from "./bag-files.ts";
import { BAG_INFO, BAGIT, BUNDLE_RECORD, SEAL } from "./bag-layout.ts";
import { algorithmOf, isAlgorithm, type Manifest, parseManifest, pathFault } from "./manifest.ts";
import {
  type Declaration,
  decodeTagFile,
  linesOf,
  parseDeclaration,
  parseTags,
  type Tag,
  valuesOf,
} from "./tag-file.ts";

/** A BagIt bag as its tag files describe it. `faults` are sentences about its structure. */
export interface Bag {
  readonly files: BagFiles;
  readonly declaration: Declaration;
  readonly manifests: readonly Manifest[];
  readonly tagManifests: readonly Manifest[];
  readonly info: readonly Tag[];
  /** Paths that fetch.txt names; nothing is ever fetched. */
  readonly fetch: ReadonlySet<string>;
  readonly faults: readonly string[];
  /** What is odd, but allowed. */
  readonly notes: readonly string[];
  /** Whether it is, or was, one of our bundles. */
  readonly exhibit: boolean;
}

/** Tag files are held in memory; a manifest of this size lists some two million files. */
export const MAX_TAG_FILE_BYTES = 256 << 20;

/** Where bagit.txt cannot be read, the rest is read tolerantly, to say what else is wrong. */
const UNDECLARED: Declaration = { version: "unknown", encoding: "UTF-8", strict: false };

/** Reads the tag files of a bag. Their faults are in the result; only read errors of the disk are thrown. */
export async function loadBag(files: BagFiles): Promise<Bag> {
  const faults: string[] = [];
  const read = async <T>(name: string, use: (bytes: Buffer) => T): Promise<T | undefined> => {
    try {
      return use(await readAll(files, name, MAX_TAG_FILE_BYTES));
    } catch (error) {
      faults.push(`${printable(name)} ${(error as Error).message}`);
      return undefined;
    }
  };
  const declaration = (await read(BAGIT, parseDeclaration)) ?? UNDECLARED;
  const text = (name: string) => read(name, (bytes) => decodeTagFile(bytes, declaration.encoding));

  const found = { manifest: [] as Manifest[], tagmanifest: [] as Manifest[] };
  const notes: string[] = [];
  for (const name of [...files.sizes.keys()].sort()) {
    for (const kind of ["manifest", "tagmanifest"] as const) {
      const algorithm = algorithmOf(name, kind);
      if (algorithm === undefined) continue;
      if (isAlgorithm(algorithm)) {
        found[kind].push(parseManifest(name, algorithm, (await text(name)) ?? "", declaration.strict));
      } else {
        notes.push(`${printable(name)} uses an algorithm that is not checked here`);
      }
    }
  }
  if (found.manifest.length === 0) faults.push("there is no payload manifest");
  if (!files.folders.has("data")) faults.push("there is no folder data");

  const { tags, faults: tagFaults } = parseTags(files.sizes.has(BAG_INFO) ? ((await text(BAG_INFO)) ?? "") : "");
  faults.push(...tagFaults, ...oxumFaults(files, tags));
  const fetch = files.sizes.has("fetch.txt") ? parseFetch((await text("fetch.txt")) ?? "", faults) : new Set<string>();
  notes.push(...collisions(files));

  const listed = found.manifest.some((each) => each.lines.some((line) => line.names[0] === BUNDLE_RECORD));
  const ours = valuesOf(tags, "Bag-Software-Agent").some((agent) => /^Exhibit\b/.test(agent));
  const exhibit = listed || ours || files.sizes.has(BUNDLE_RECORD) || files.sizes.has(SEAL);
  return {
    files,
    declaration,
    manifests: found.manifest,
    tagManifests: found.tagmanifest,
    info: tags,
    fetch,
    faults,
    notes,
    exhibit,
  };
}

/** `Payload-Oxum: BYTES.FILES` (RFC 8493 section 2.2.2) against what is there. */
function oxumFaults(files: BagFiles, tags: readonly Tag[]): string[] {
  const payload = [...files.sizes].filter(([name]) => name.startsWith("data/"));
  const actual = `${payload.reduce((sum, [, size]) => sum + size, 0)}.${payload.length}`;
  return valuesOf(tags, "Payload-Oxum")
    .filter((said) => said !== actual)
    .map((said) => `Payload-Oxum in bag-info.txt says ${printable(said)} (bytes.files), the payload is ${actual}`);
}

/** The paths of fetch.txt: `URL LENGTH PATH`. */
function parseFetch(text: string, faults: string[]): Set<string> {
  const paths = new Set<string>();
  for (const [at, line] of linesOf(text).entries()) {
    if (line === "") continue;
    const path = /^\S+[ \t]+(?:\d+|-)[ \t]+(.+)$/.exec(line)?.[1]?.replace(/^(\.\/)+/, "");
    const fault = path === undefined ? "is not an address, a length and a path" : pathFault(path);
    if (path === undefined || fault !== undefined)
      faults.push(
        `line ${at + 1} of fetch.txt ${path === undefined ? "" : `names ${printable(path)}, which `}${fault}`,
      );
    else if (!path.startsWith("data/"))
      faults.push(`line ${at + 1} of fetch.txt names ${printable(path)}, which is not in data`);
    else paths.add(path);
  }
  return paths;
}

/** Files that are one and the same on some file systems. */
function collisions(files: BagFiles): string[] {
  const groups = Map.groupBy(files.sizes.keys(), (name) => name.normalize("NFC").toLowerCase());
  const same = [...groups.values()].filter((group) => group.length > 1).flat();
  return same.length === 0
    ? []
    : [`names that differ only by capitals or by the spelling of accents: ${nameList(same)}`];
}
