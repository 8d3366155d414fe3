import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const read = (name: string) => fs.readFileSync(path.join(root, name), "utf8");

/** Needed to compile only. */
const HEADERS = new Set(["node-addon-api"]);

test("the packaged app holds the packages that the program behind the page imports, and no others", () => {
  const packages = new Set<string>();
  const add = (name: string) => {
    if (packages.has(name) || HEADERS.has(name)) return;
    packages.add(name);
    const about = JSON.parse(read(`node_modules/${name}/package.json`)) as { dependencies?: Record<string, string> };
    for (const each of Object.keys(about.dependencies ?? {})) add(each);
  };
  for (const folder of ["main", "shared"])
    for (const file of fs.readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })) {
      if (!/\.ts$/u.test(file)) continue;
      for (const [, name] of read(path.join(folder, file)).matchAll(/^import (?!type ).*from "([^."/][^":]*)";$/gmu))
        if (name !== "electron") add(name as string);
    }
  const listed = /^ {2}- node_modules\/\{(.*)\}/mu.exec(read("electron-builder.yml"))?.[1]?.split(",");
  expect(listed?.toSorted()).toEqual([...packages].toSorted());
});
