import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { circlesOf, type Module, modulesOf, ROOT } from "./modules.ts";
import { ROOMS } from "./rooms.ts";

const MAX_FILES_IN_FOLDER = 21;
const MAX_LINES_IN_FILE = 450;
const MAX_LINES_IN_FUNCTION = 100;
const MAX_LONG_FUNCTIONS = 6;

/** What starts the program: nothing in it imports these. */
const ENTRIES =
  /^(?:main\/[^/]+\.js|main\/index\.ts|main\/.*-thread\.ts|main\/desktop\/page\/preload\.ts|renderer\/shell\/main\.tsx|viewer\/main\.ts)$/u;

const modules = modulesOf("main", "shared", "renderer", "viewer");
const folderOf = (file: string) => path.posix.dirname(file);
const floorOf = (file: string) => ROOMS.indexOf(folderOf(file));
const arrowsOf = (module: Module) => module.imports.flatMap(({ file }) => (file === undefined ? [] : [file]));

test("every folder with code has its room in the list, and every room its folder", () => {
  const folders = new Set([...modules.keys()].map(folderOf));
  expect([...folders].filter((folder) => !ROOMS.includes(folder))).toEqual([]);
  expect(ROOMS.filter((room) => !folders.has(room))).toEqual([]);
});

test("an import, of a type too, points to a file of the same folder or of a room earlier in the list", () => {
  const wrong = [...modules.values()].flatMap((module) =>
    arrowsOf(module)
      .filter((to) => folderOf(to) !== folderOf(module.file) && /\.(?:tsx?|js)$/u.test(to))
      .filter((to) => floorOf(to) >= floorOf(module.file))
      .map((to) => `${module.file} → ${to}`),
  );
  expect(wrong).toEqual([]);
});

test("page and engine know of each other only what is in shared, and shared knows neither", () => {
  const sideOf = (file: string) => file.split("/", 1)[0];
  const wrong = [...modules.values()].flatMap((module) =>
    arrowsOf(module)
      .filter((to) => !/^\.\.|^(?:test|resources)\//u.test(to))
      .filter((to) => sideOf(to) !== sideOf(module.file) && sideOf(to) !== "shared")
      .map((to) => `${module.file} → ${to}`),
  );
  expect(wrong).toEqual([]);
});

test("the sample and its truth know nothing of the program that is tested with them", () => {
  const wrong = [...modules.values()]
    .filter(({ file }) => file.startsWith("main/sample/"))
    .flatMap((module) => arrowsOf(module).filter((to) => !/^(?:main\/sample|shared)\//u.test(to)));
  expect(wrong).toEqual([]);
});

test("files import no circle", () => {
  expect(circlesOf(modules)).toEqual([]);
});

test(`no folder holds more than ${MAX_FILES_IN_FOLDER} files`, () => {
  const counts = new Map<string, number>();
  for (const side of ["main", "shared", "renderer", "viewer"])
    for (const entry of fs.readdirSync(path.join(ROOT, side), { recursive: true, withFileTypes: true }))
      if (entry.isFile()) counts.set(entry.parentPath, (counts.get(entry.parentPath) ?? 0) + 1);
  const full = [...counts].filter(([, count]) => count > MAX_FILES_IN_FOLDER);
  expect(full.map(([folder]) => path.relative(ROOT, folder).replaceAll("\\", "/"))).toEqual([]);
});

test(`no file has more than ${MAX_LINES_IN_FILE} lines, and at most ${MAX_LONG_FUNCTIONS} functions more than ${MAX_LINES_IN_FUNCTION}`, () => {
  const all = [...modules.values()];
  expect(all.filter(({ lines }) => lines > MAX_LINES_IN_FILE).map(({ file }) => file)).toEqual([]);
  const long = all.flatMap(({ file, functions }) =>
    functions.filter(({ lines }) => lines > MAX_LINES_IN_FUNCTION).map(({ name, lines }) => `${file} ${name} ${lines}`),
  );
  expect(long.length, long.join("\n")).toBeLessThanOrEqual(MAX_LONG_FUNCTIONS);
});

test("nothing in the product is reached only from tests", () => {
  const reached = new Set<string>();
  const reach = (file: string): void => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const to of arrowsOf(modules.get(file) as Module)) if (modules.has(to)) reach(to);
  };
  for (const file of modules.keys()) if (ENTRIES.test(file)) reach(file);
  expect([...modules.keys()].filter((file) => !reached.has(file))).toEqual([]);
});

test("the command line starts without the rooms that do the work: each command fetches what it needs", () => {
  const loaded = new Set<string>();
  const load = (file: string): void => {
    if (loaded.has(file)) return;
    loaded.add(file);
    for (const { file: to, isType, isLate } of modules.get(file)?.imports ?? [])
      if (to !== undefined && !isType && !isLate) load(to);
  };
  load("main/cli/run.ts");
  expect(
    [...loaded].filter((file) => /^main\/(?:case|intake|findings|bundle|engine|desktop|sample)\//u.test(file)),
  ).toEqual([]);
});

test("only main/desktop imports electron; shared and the page import nothing of node", () => {
  for (const { file, imports } of modules.values())
    for (const { from } of imports) {
      if (!file.startsWith("main/desktop/")) expect(from, file).not.toBe("electron");
      if (!file.startsWith("main/")) expect(from, file).not.toMatch(/^node:/u);
    }
});
