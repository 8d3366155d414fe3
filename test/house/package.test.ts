import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { modulesOf, ROOT } from "./modules.ts";

const read = (name: string) => fs.readFileSync(path.join(ROOT, name), "utf8");

/** What packages name and the program does not load: needed to compile only, beside data that alone is read, or in a file that has it whole. */
const NOT_LOADED = new Set(["node-addon-api", "moment", "@types/node", "zrender", "tslib"]);

/** `@scope/name/file` → `@scope/name`. */
const packageOf = (from: string) =>
  from
    .split("/")
    .slice(0, from.startsWith("@") ? 2 : 1)
    .join("/");

test("the packaged app holds the packages that the program behind the page imports, and no others", () => {
  const packages = new Set<string>();
  const add = (name: string) => {
    if (packages.has(name) || NOT_LOADED.has(name)) return;
    packages.add(name);
    const about = JSON.parse(read(`node_modules/${name}/package.json`)) as { dependencies?: Record<string, string> };
    for (const each of Object.keys(about.dependencies ?? {})) add(each);
  };
  for (const { file, imports } of modulesOf("main", "shared").values()) {
    for (const { from, isType } of imports) if (!isType && !/^(?:\.|node:|electron$)/u.test(from)) add(packageOf(from));
    for (const [, from = ""] of read(file).matchAll(/\brequire(?:\.resolve)?\("([^"]+)"\)/gu)) add(packageOf(from));
  }
  const listed = /^ {2}- node_modules\/\{(.*)\}/mu.exec(read("electron-builder.yml"))?.[1]?.split(",");
  expect(listed?.toSorted()).toEqual([...packages].toSorted());
});
