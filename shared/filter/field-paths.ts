/**
 * Sub-paths are made of at most this many names. Real field lists nest three or four deep; a hostile one, nested a million deep,
 * would otherwise have half a billion of them.
 */
const MAX_PATH_PARTS = 16;

/**
 * Every string that an element of `fields` answers to: the element as written and each contiguous part of each of its paths.
 * `from{name,picture}` is the paths `from`, `from.name` and `from.picture`; nesting goes on; `.limit(10)` is no part of a path.
 */
export function fieldPaths(element: string): readonly string[] {
  const strings = new Set([element]);
  const outer: string[][] = [];
  let path: string[] = [];
  let base: string[] = [];
  let name = "";
  let depth = 0;

  const endName = () => {
    const trimmed = name.trim();
    name = "";
    if (trimmed === "") return;
    path = [...path, trimmed].slice(-MAX_PATH_PARTS);
    for (let i = 0; i < path.length; i++) strings.add(path.slice(i).join("."));
  };

  for (let i = 0; i < element.length; i++) {
    const c = element.charAt(i);
    if (depth > 0) {
      if (c === "(") depth++;
      if (c === ")") depth--;
    } else if (c === "(") {
      depth = 1;
      // `.limit(` : the name before is a modifier, unless nothing stands before it
      if (path.length > base.length) name = "";
    } else if (c === ".") {
      endName();
    } else if (c === "{") {
      endName();
      outer.push(base);
      base = path;
    } else if (c === ",") {
      endName();
      path = base;
    } else if (c === "}") {
      endName();
      path = base;
      base = outer.pop() ?? [];
    } else {
      name += c;
    }
  }
  endName();
  return [...strings];
}
