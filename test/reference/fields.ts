/** Splits at commas that stand in no bracket. */
function parts(text: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let part = "";
  for (const char of text) {
    if (char === "{" || char === "(") depth++;
    if (char === "}" || char === ")") depth--;
    if (char === "," && depth === 0) {
      found.push(part);
      part = "";
    } else part += char;
  }
  found.push(part);
  return found;
}

/** Every path of one element, in lower case: `from{name,picture}` is from, from.name and from.picture. */
function paths(element: string, above: string[] = []): string[][] {
  const found: string[][] = [];
  for (const part of parts(element)) {
    // Modifiers (`.limit(10)`) are no part of the path; they may stand before or after the braces.
    const plain = part.replace(/\.\s*\w+\([^()]*\)/g, "").trim();
    const brace = plain.indexOf("{");
    const head = (brace < 0 ? plain : plain.slice(0, brace)).trim().toLowerCase();
    if (head === "") continue;
    const path = [...above, ...head.split(".")];
    found.push(path);
    if (brace >= 0) found.push(...paths(plain.slice(brace + 1, plain.lastIndexOf("}")), path));
  }
  return found;
}

/** The restricted fields that `fields` give, in the policy's spelling. */
export function restrictedIn(fields: string[], restricted: string[]): string[] {
  const all = fields.flatMap((element) => paths(element));
  return restricted.filter((name) => {
    const wanted = name.toLowerCase().split(".");
    return all.some((path) =>
      path.some((_, start) => wanted.every((segment, index) => path[start + index] === segment)),
    );
  });
}
