/**
 * What container runtimes put before each line of a program: Kubernetes' own (CRI: time, stream, `F` for a full line),
 * and the name that compose prints.
 */
const PREFIX = /^(?:\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d) std(?:out|err) F |[\w.-]{1,128} +\| )(?=\s*\{)/u;
/** Longer than any prefix. */
const MAX_PREFIX_LENGTH = 192;

/** How many characters of a line come before the program's own JSON. */
export const prefixLength = (line: string): number => PREFIX.exec(line.slice(0, MAX_PREFIX_LENGTH))?.[0].length ?? 0;

/** A line of JSON as JSON alone: without that prefix, the comma that a list put behind it, and nginx's `\xXX`. */
export const jsonOfLine = (line: string): string =>
  line
    .slice(prefixLength(line))
    .replace(/,\s*$/u, "")
    .replaceAll(/(?<!\\)((?:\\\\)*)\\x[0-9a-f]{2}/giu, "$1 ");

/** The same over bytes. A prefix is ASCII. */
export function skipPrefix(bytes: Uint8Array, start: number, end: number): number {
  const first = Buffer.from(bytes.buffer, bytes.byteOffset + start, Math.min(end - start, MAX_PREFIX_LENGTH));
  return start + prefixLength(first.toString("latin1"));
}
