import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

/**
 * Who may import whom: each room only those to its left, and itself. `shared` imports nothing of ours, `renderer` only
 * `shared`, `sample` nothing at all.
 */
const WAY = [
  ["case", "custody"],
  ["intake"],
  ["registry"],
  ["query"],
  ["findings"],
  ["remedy"],
  ["bundle"],
  ["engine"],
  ["cli", "desktop"],
];

/** Files that may reach where their room may not, with the reason. */
const EXCEPTIONS: Record<string, string> = {
  "main/index.ts": "the one entry: it starts the command line or the window",
};

const root = path.resolve(import.meta.dirname, "../..");

function sources(folder: string): string[] {
  return fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
    .filter((name) => /\.tsx?$/u.test(name) && !name.endsWith(".d.ts"));
}

/** What a file imports of ours, as paths from the root; with `types`, also what is only a type. */
function importsOf(file: string): string[] {
  const text = fs.readFileSync(path.join(root, file), "utf8");
  return [...text.matchAll(/(?:^|\n)\s*(?:import|export)\b[^;]*?from\s+"(\.[^"]+)"|import\("(\.[^"]+)"\)/gu)].map(
    (match) => path.posix.normalize(path.posix.join(path.posix.dirname(file), (match[1] ?? match[2]) as string)),
  );
}

const roomOf = (file: string) =>
  file.startsWith("main/") ? (file.split("/")[1] as string) : (file.split("/")[0] as string);
const rank = (room: string) => WAY.findIndex((rooms) => rooms.includes(room));

function allowed(from: string, to: string): boolean {
  if (from in EXCEPTIONS) return true;
  const [here, there] = [roomOf(from), roomOf(to)];
  if (here === there) return true;
  if (here === "shared" || here === "sample") return false;
  if (there === "shared") return true;
  if (here === "renderer" || there === "renderer") return false;
  if (there === "sample") return here === "cli" || here === "desktop" || here === "engine";
  return rank(here) >= 0 && rank(there) >= 0 && rank(there) <= rank(here);
}

const files = ["main", "shared", "renderer"]
  .filter((folder) => fs.existsSync(path.join(root, folder)))
  .flatMap(sources);

test("an import points only to rooms earlier on the way", () => {
  const wrong = files.flatMap((file) =>
    importsOf(file)
      .filter((to) => !allowed(file, to))
      .map((to) => `${file} → ${to}`),
  );
  expect(wrong).toEqual([]);
});

test("rooms import no circle", () => {
  const arrows = new Map<string, Set<string>>();
  for (const file of files)
    for (const to of importsOf(file))
      if (roomOf(file) !== roomOf(to))
        arrows.set(roomOf(file), (arrows.get(roomOf(file)) ?? new Set()).add(roomOf(to)));
  const circle = (room: string, way: string[]): string[] | undefined => {
    if (way.includes(room)) return [...way, room];
    for (const next of arrows.get(room) ?? []) {
      const found = circle(next, [...way, room]);
      if (found) return found;
    }
    return undefined;
  };
  // A case's first act is recorded by custody, and custody writes into a case: one noun in two folders.
  arrows.get("case")?.delete("custody");
  expect([...arrows.keys()].map((room) => circle(room, [])).filter(Boolean)).toEqual([]);
});

test("the command line starts without the rooms that do the work: each command fetches what it needs", () => {
  const loaded = new Set<string>();
  const load = (file: string): void => {
    if (loaded.has(file)) return;
    loaded.add(file);
    const text = fs.readFileSync(path.join(root, file), "utf8");
    for (const [, to = ""] of text.matchAll(/^(?:import|export) (?!type )[^;]*?from "(\.[^"]+)"/gmu))
      load(path.posix.join(path.posix.dirname(file), to));
  };
  load("main/cli/run.ts");
  const heavy = [...loaded].filter((file) =>
    /^main\/(?:engine|bundle|findings|desktop|sample)\/|\/case\.ts$/u.test(file),
  );
  expect(heavy).toEqual(["main/cli/case.ts"]);
});

test("only main/desktop imports electron, and shared does no I/O", () => {
  for (const file of files) {
    const text = fs.readFileSync(path.join(root, file), "utf8");
    if (!file.startsWith("main/desktop/"))
      expect(/from "electron"/u.test(text), `${file} imports electron`).toBe(false);
    if (file.startsWith("shared/") || file.startsWith("renderer/"))
      expect(/from "node:/u.test(text), `${file} imports node`).toBe(false);
  }
});
