import fs from "node:fs";
import path from "node:path";
import { parseSync, Visitor } from "oxc-parser";

/** Where the project lies. */
export const ROOT = path.resolve(import.meta.dirname, "../..");
const { posix } = path;

export interface Import {
  /** What the code says: a package, `node:…`, or a path. */
  readonly from: string;
  /** Path from the root, of files of ours. */
  readonly file: string | undefined;
  readonly isType: boolean;
  /** `import(…)`: fetched when it is reached. */
  readonly isLate: boolean;
}

interface LongFunction {
  readonly name: string;
  readonly lines: number;
}

export interface Module {
  readonly file: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  /** Every function that has a name, or is given one by what it is assigned to. */
  readonly functions: readonly LongFunction[];
}

/** The project's code, by path from the root. */
export function modulesOf(...folders: readonly string[]): Map<string, Module> {
  const modules = new Map<string, Module>();
  for (const folder of folders)
    for (const name of fs.readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" })) {
      const file = posix.join(folder, name.replaceAll("\\", "/"));
      if (/\.(?:tsx?|js)$/u.test(file) && !file.endsWith(".d.ts")) modules.set(file, moduleOf(file));
    }
  return modules;
}

function moduleOf(file: string): Module {
  const text = fs.readFileSync(path.join(ROOT, file), "utf8");
  const { module, program } = parseSync(file, text);
  const named = (from: string, isType: boolean, isLate = false): Import => ({
    from,
    file: from.startsWith(".") ? posix.join(posix.dirname(file), from) : undefined,
    isType,
    isLate,
  });
  return {
    file,
    lines: text.split("\n").length - 1,
    imports: [
      ...module.staticImports.map(({ moduleRequest, entries }) =>
        named(moduleRequest.value, entries.length > 0 && entries.every((entry) => entry.isType)),
      ),
      ...module.staticExports.flatMap(({ entries }) =>
        entries.flatMap((entry) => (entry.moduleRequest ? [named(entry.moduleRequest.value, entry.isType)] : [])),
      ),
      ...module.dynamicImports.flatMap(({ moduleRequest: { start, end } }) => {
        const literal = /^["'](.*)["']$/u.exec(text.slice(start, end))?.[1];
        return literal === undefined ? [] : [named(literal, false, true)];
      }),
    ],
    functions: functionsOf(program, text),
  };
}

function functionsOf(program: Parameters<Visitor["visit"]>[0], text: string): LongFunction[] {
  const found: LongFunction[] = [];
  const add = (name: string | undefined, { start, end }: { start: number; end: number }) =>
    found.push({ name: name ?? "?", lines: text.slice(start, end).split("\n").length });
  new Visitor({
    FunctionDeclaration: (node) => void add(node.id?.name, node),
    FunctionExpression: (node) => void add(node.id?.name, node),
    ArrowFunctionExpression: (node) => void add(undefined, node),
  }).visit(program);
  return found;
}

/** Groups of files that import each other round in a circle, types too: Tarjan's strongly connected components. */
export function circlesOf(modules: ReadonlyMap<string, Module>): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const circles: string[][] = [];
  const visit = (file: string): void => {
    index.set(file, index.size);
    low.set(file, index.get(file) as number);
    stack.push(file);
    for (const { file: to } of modules.get(file)?.imports ?? []) {
      if (to === undefined || !modules.has(to)) continue;
      if (!index.has(to)) visit(to);
      if (stack.includes(to)) low.set(file, Math.min(low.get(file) as number, low.get(to) as number));
    }
    if (low.get(file) !== index.get(file)) return;
    const circle = stack.splice(stack.indexOf(file));
    if (circle.length > 1) circles.push(circle.sort());
  };
  for (const file of modules.keys()) if (!index.has(file)) visit(file);
  return circles;
}
