/**
 * `a.b[].c` → steps. A list is a step of its own, `[]`, and so is the choice of its first object with a value:
 * `[name=value]`, `[name=*]` for any. A second dot in a row begins the key itself: `a..tag` is the key `.tag` in `a`.
 */
export function stepsOf(path: string): string[] {
  const steps: string[] = [];
  const bracket = /\[(?:[^\]=]+=[^\]]*)?\]/uy;
  let key = "";
  const close = () => {
    if (key !== "") steps.push(key);
    key = "";
  };
  for (let i = 0; i < path.length; i++) {
    bracket.lastIndex = i;
    const step = path[i] === "[" ? bracket.exec(path)?.[0] : undefined;
    if (step !== undefined) {
      close();
      steps.push(step);
      i += step.length - 1;
    } else if (path[i] === "." && i > 0 && path[i - 1] === "." && key === "" && steps.length > 0) key = ".";
    else if (path[i] === ".") close();
    else key += path[i] as string;
  }
  close();
  return steps;
}

/** Steps as a mapping writes them. */
export const pathText = (steps: readonly string[]): string => steps.join(".").replaceAll(".[", "[");

/**
 * The pieces of a text that is put together from several places: `{a.b}/{c}` is the place `a.b`, the text `/` and the place
 * `c`. Undefined where it is the name of one place.
 */
export function piecesOf(name: string): ({ place: string } | { text: string })[] | undefined {
  const pieces = name.split(/(\{[^{}]+\})/u).filter((piece) => piece !== "");
  const isPlace = (piece: string) => piece.length > 2 && piece.startsWith("{") && piece.endsWith("}");
  if (pieces.filter(isPlace).length < 2) return undefined;
  return pieces.map((piece) => (isPlace(piece) ? { place: piece.slice(1, -1) } : { text: piece }));
}

/** A step into a list. */
export const isListStep = (step: string) => step.startsWith("[") && step.endsWith("]");

/** The prefix of a path into the record, where the name of an event field could be meant as well. */
export const IN_RECORD = "record.";
