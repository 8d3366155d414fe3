import { type BagFiles, nameList } from "./bag-files.ts";
import { digestFiles } from "./digest-files.ts";
import type { Bag } from "./load-bag.ts";
import type { Algorithm, Manifest, ManifestLine } from "./manifest.ts";

/** How files compare with the manifests of one kind. All lists are paths, but `faults` and `notes`, which are sentences. */
export interface Fixity {
  readonly compared: number;
  readonly changed: readonly string[];
  readonly missing: readonly string[];
  /** Missing, and fetch.txt says where they could be had. */
  readonly unfetched: readonly string[];
  readonly unreadable: readonly string[];
  /** There, but in no manifest (from 1.0 on: not in each of them). */
  readonly unlisted: readonly string[];
  readonly faults: readonly string[];
  readonly notes: readonly string[];
}

/** Compares payload and tag files with their manifests, both ways, reading every file once. */
export async function compareFiles(bag: Bag): Promise<{ readonly payload: Fixity; readonly tags: Fixity }> {
  const finder = finderOf(bag.files);
  const payload = resolve(bag.manifests, finder);
  const tags = resolve(bag.tagManifests, finder);
  const wanted = new Map<string, Set<Algorithm>>();
  for (const { path, algorithm } of [...payload.found, ...tags.found]) {
    const algorithms = wanted.get(path) ?? new Set();
    wanted.set(path, algorithms.add(algorithm));
  }
  const digests = await digestFiles(bag.files, wanted);
  const judge = (side: Resolved, manifests: readonly Manifest[], unlisted: string[]): Fixity => {
    const wrong = (test: (expected: Expected, got: ReadonlyMap<Algorithm, string> | Error | undefined) => boolean) =>
      unique(
        side.found.filter((expected) => test(expected, digests.get(expected.path))).map((expected) => expected.path),
      );
    return {
      compared: new Set(side.found.map((expected) => expected.path)).size,
      changed: wrong((expected, got) => !(got instanceof Error) && got?.get(expected.algorithm) !== expected.digest),
      unreadable: wrong((_, got) => got instanceof Error),
      missing: side.missing.filter((path) => !bag.fetch.has(path)),
      unfetched: side.missing.filter((path) => bag.fetch.has(path)),
      unlisted,
      faults: manifests.flatMap((manifest) => manifest.faults),
      notes: side.notes,
    };
  };
  return {
    payload: judge(payload, bag.manifests, unlistedPayload(bag, payload)),
    tags: judge(tags, bag.tagManifests, []),
  };
}

interface Expected {
  readonly manifest: Manifest;
  readonly path: string;
  readonly algorithm: Algorithm;
  readonly digest: string;
}

interface Resolved {
  readonly found: readonly Expected[];
  readonly missing: readonly string[];
  readonly notes: readonly string[];
}

type Finder = (line: ManifestLine, listed: ReadonlySet<string>) => { path: string; spelled?: boolean } | undefined;

/**
 * File systems change the Unicode form of accents (NFC, NFD), and some change upper and lower case. A file is also found by
 * another form of its accents. It is found by other capitals only if the manifest lists both, as one made on such a system does.
 */
function finderOf(files: BagFiles): Finder {
  const accents = new Map([...files.sizes.keys()].map((name) => [name.normalize("NFC"), name]));
  const capitals = new Map([...files.sizes.keys()].map((name) => [name.normalize("NFC").toLowerCase(), name]));
  return (line, listed) => {
    const exact = line.names.find((name) => files.sizes.has(name));
    if (exact !== undefined) return { path: exact };
    const name = (line.names[0] ?? "").normalize("NFC");
    const other = capitals.get(name.toLowerCase());
    const path = accents.get(name) ?? (other !== undefined && listed.has(other) ? other : undefined);
    return path === undefined ? undefined : { path, spelled: true };
  };
}

function resolve(manifests: readonly Manifest[], find: Finder): Resolved {
  const found: Expected[] = [];
  const missing: string[] = [];
  const respelled: string[] = [];
  for (const manifest of manifests) {
    const listed = new Set(manifest.lines.flatMap((line) => line.names));
    for (const line of manifest.lines) {
      const match = find(line, listed);
      if (match === undefined) missing.push(line.names[0] ?? "");
      else found.push({ manifest, path: match.path, algorithm: manifest.algorithm, digest: line.digest });
      if (match?.spelled === true) respelled.push(line.names[0] ?? "");
    }
  }
  const notes =
    respelled.length === 0
      ? []
      : [`found under another spelling of accents or capitals: ${nameList(unique(respelled))}`];
  return { found, missing: unique(missing), notes };
}

/** From 1.0 on every manifest lists every file; before, one of them was enough (RFC 8493 section 3 against its drafts). */
function unlistedPayload(bag: Bag, payload: Resolved): string[] {
  const listed = Map.groupBy(payload.found, (expected) => expected.path);
  const needed = bag.declaration.strict ? bag.manifests.length : Math.min(1, bag.manifests.length);
  return [...bag.files.sizes.keys()]
    .filter((name) => name.startsWith("data/"))
    .filter((name) => new Set(listed.get(name)?.map((expected) => expected.manifest)).size < needed)
    .sort();
}

const unique = (names: readonly string[]) => [...new Set(names)];
