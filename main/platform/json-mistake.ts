/** What people write into JSON that it does not have: the kind and the text of each piece, strings whole. */
const PIECE =
  /(?<string>"(?:[^"\\\n\r]|\\.)*")|(?<comment>\/\/|\/\*|#)|(?<quote>['“”„‘’])|(?<mark>[{}[\],:])|(?<word>[^\s{}[\],:"'“”„‘’#/]+)|(?<other>\S)/gu;

const WORDS: Readonly<Record<string, string>> = {
  None: "null",
  nil: "null",
  undefined: "null",
  NaN: "null",
  True: "true",
  False: "false",
};
const VALUE = /^(?:true|false|null|-?\d.*)$/u;

/**
 * The first mistake in a text that is no JSON, in words: where it is and what to write. Undefined where it is none of those
 * that people make.
 */
export function jsonMistake(text: string): string | undefined {
  let before: { kind: string; text: string; at: number } | undefined;
  const say = (at: number, what: string) => `${placeOf(text, at)}: ${what}`;
  for (const match of text.matchAll(PIECE)) {
    const kind = Object.keys(match.groups ?? {}).find((name) => match.groups?.[name] !== undefined) as string;
    const [piece] = match;
    const at = match.index;
    if (kind === "comment") return say(at, "a comment, which JSON does not have: take it out");
    if (kind === "quote") return say(at, `the quotation mark ${piece}: write straight double ones, "like this"`);
    if (before?.text === "," && (piece === "}" || piece === "]"))
      return say(before.at, `a comma before \`${piece}\`, with nothing in between: take it out`);
    if (kind === "word" && !VALUE.test(piece)) {
      const right = WORDS[piece] ?? `"${piece.slice(0, 40)}"`;
      return say(at, `\`${piece.slice(0, 40)}\` without quotation marks: write ${right}`);
    }
    const isValue = kind === "string" || kind === "word";
    const begins = isValue || piece === "{" || piece === "[";
    const ended = before !== undefined && (before.kind !== "mark" || before.text === "}" || before.text === "]");
    if (begins && ended) return say(at, "no comma before this: write one");
    if (piece === "," && before?.text === ",")
      return say(before.at, "two commas with nothing in between: take one out");
    before = { kind, text: piece, at };
  }
  return undefined;
}

function placeOf(text: string, at: number): string {
  const lines = text.slice(0, at).split(/\r\n|\n|\r/u);
  return `line ${lines.length}, column ${Array.from(lines.at(-1) as string).length + 1}`;
}
