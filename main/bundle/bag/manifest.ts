import { printable } from "../../platform/printable-name.ts";
import { linesOf } from "./tag-file.ts";

/** The digests BagIt bags come with, by hex digits. */
const DIGITS = { md5: 32, sha1: 40, sha224: 56, sha256: 64, sha384: 96, sha512: 128 } as const;
export type Algorithm = keyof typeof DIGITS;

export interface ManifestLine {
  readonly digest: string;
  /** The names the line may mean, likeliest first: two if it holds a `%` that need not be an escape. */
  readonly names: readonly string[];
}

export interface Manifest {
  /** Its file name. */
  readonly file: string;
  readonly algorithm: Algorithm;
  readonly lines: readonly ManifestLine[];
  /** Sentences about lines that were not accepted. */
  readonly faults: readonly string[];
}

/** `manifest-sha256.txt` → sha256; undefined if it is not called like a manifest; the algorithm is lower case. */
export function algorithmOf(file: string, kind: "manifest" | "tagmanifest"): string | undefined {
  const match = /^(tagmanifest|manifest)-([^/]+)\.txt$/i.exec(file);
  return match !== null && match[1]?.toLowerCase() === kind ? match[2]?.toLowerCase().replaceAll("-", "") : undefined;
}

export const isAlgorithm = (name: string): name is Algorithm => Object.hasOwn(DIGITS, name);

/** One line a file, `DIGEST  PATH`, sorted by the bytes of the paths: what `sha256sum -c` reads. */
export function printManifest(digests: ReadonlyMap<string, string>): string {
  const paths = [...digests.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return paths.map((path) => `${digests.get(path)}  ${path}\n`).join("");
}

/** Reads a payload or tag manifest (RFC 8493 sections 2.1.3 and 2.2.1). `strict`: by the rules of BagIt 1.0. */
export function parseManifest(file: string, algorithm: Algorithm, text: string, strict: boolean): Manifest {
  const payload = file.toLowerCase().startsWith("manifest");
  const faults: string[] = [];
  const lines: ManifestLine[] = [];
  const seen = new Map<string, string>();
  for (const [at, line] of linesOf(text).entries()) {
    if (line === "") continue;
    const where = `line ${at + 1} of ${file}`;
    const [, digest = "", raw = ""] = /^([0-9A-Fa-f]+)[ \t]+\*?(.+)$/.exec(line) ?? [];
    const names = namesOf(raw.replace(/^(\.\/)+/, ""), strict);
    const name = names[0] as string;
    const before = seen.get(name);
    const leaving = names.map((each) => pathFault(each)).find((fault) => fault !== undefined);
    if (digest.length !== DIGITS[algorithm]) faults.push(`${where} is not a ${algorithm} digest and a path`);
    else if (leaving !== undefined) faults.push(`${where} names ${printable(name)}, which ${leaving}`);
    else if (payload !== name.startsWith("data/"))
      faults.push(`${where} names ${printable(name)}, which does not belong there`);
    else if (!payload && /^tagmanifest-/i.test(name)) faults.push(`${where} names a tag manifest`);
    else if (before !== undefined && strict) faults.push(`${where} lists ${printable(name)} a second time`);
    else if (before !== undefined && before !== digest.toLowerCase()) {
      faults.push(`${where} lists ${printable(name)} a second time, with another digest`);
    } else {
      seen.set(name, digest.toLowerCase());
      if (before === undefined) lines.push({ digest: digest.toLowerCase(), names });
    }
  }
  return { file, algorithm, lines, faults };
}

/** Why a path from a stranger must not be followed, on any system; undefined if it stays in the bag. */
export function pathFault(path: string): string | undefined {
  if (path.includes("\0")) return "holds a NUL";
  if (/^[/\\]/.test(path) || /^[A-Za-z]:/.test(path)) return "is an absolute path: it leaves the bag";
  if (/^~/.test(path) || /^%[^%/\\]+%/.test(path)) return "is a shortcut to another folder: it leaves the bag";
  if (path.split(/[/\\]/).includes("..")) return "leaves the bag";
  return undefined;
}

/** 1.0 escapes LF, CR and `%`; 0.97 only LF and CR; and many writers of either escape less than they should. */
function namesOf(raw: string, strict: boolean): string[] {
  const decoded = raw.replace(strict ? /%(0[AaDd]|25)/g : /%(0[AaDd])/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  if (decoded === raw) return [raw];
  return strict ? [decoded, raw] : [raw, decoded];
}
