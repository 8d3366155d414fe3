import type { Segments } from "./tree.ts";

export { inCidr } from "./cidr.ts";
export { fieldPaths } from "./field-paths.ts";

/**
 * The one folding of "any case", used wherever texts are compared. The final sigma is the only letter whose lower case depends
 * on its neighbours; without the replacement a folded part would not be a part of the folded whole.
 */
export function fold(text: string): string {
  return text.toLowerCase().replaceAll("ς", "σ");
}

/** Whether a value equals the pattern, any case. Each segment is sought once, left to right: no backtracking. */
export function matcher(segments: Segments): (value: string) => boolean {
  const [first = "", ...rest] = segments.map(fold);
  const last = rest.pop();
  if (last === undefined) return (value) => fold(value) === first;
  return (value) => {
    const text = fold(value);
    const end = text.length - last.length;
    if (end < first.length || !text.startsWith(first) || !text.endsWith(last)) return false;
    const reached = seek(text, rest, first.length);
    return reached >= 0 && reached <= end;
  };
}

/** Whether a text holds the pattern somewhere, any case. */
export function contains(segments: Segments): (text: string) => boolean {
  const folded = segments.map(fold);
  return (text) => seek(fold(text), folded, 0) >= 0;
}

/** Where the segments, one after the other, are first passed; -1 if they are not all there. */
function seek(text: string, segments: readonly string[], from: number): number {
  let at = from;
  for (const segment of segments) {
    const found = text.indexOf(segment, at);
    if (found < 0) return -1;
    at = found + segment.length;
  }
  return at;
}
