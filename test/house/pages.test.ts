import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "./modules.ts";

/** The pages that name places in the tree. The manual is not among them: its reader has a case, not the sources. */
const PAGES = [
  "README.md",
  "CONTRIBUTING.md",
  "renderer/README.md",
  "test/host/README.md",
  ...fs
    .readdirSync(path.join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
    .flatMap((name) => (name.endsWith(".md") ? [`docs/${name.replaceAll("\\", "/")}`] : [])),
];

/** Built or fetched, so not in a fresh tree. */
const NOT_KEPT = /^(?:dist|node_modules|release)\//u;

/** Folders that are no sources are not looked into. */
const names = new Set(
  ["main", "renderer", "shared", "test", "docs", "resources"].flatMap((folder) =>
    fs.readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((name) => path.basename(name)),
  ),
);

/** What a page names: targets of links, whatever begins with a folder of the tree, and names of source files. */
function named(text: string): string[] {
  const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/gu)].map(([, to]) => to as string);
  const words = [...text.matchAll(/(?<![\w./{@-])[\w.-]+(?:\/[\w.@-]*)*/gu)].map(([word]) =>
    word.replace(/[.-]+$/u, ""),
  );
  const isPlace = (word: string) =>
    /^(?:main|renderer|shared|test|docs|resources)\//u.test(word) || /[a-z]\.(?:tsx?|css|sql)$/u.test(word);
  // NN and NAME stand for something.
  return [...links, ...words.filter(isPlace)].filter((place) => !NOT_KEPT.test(place) && !/NN|NAME/u.test(place));
}

test("the pages about the sources name only what is there", () => {
  const isThere = (page: string, place: string) =>
    fs.existsSync(path.join(ROOT, place)) ||
    fs.existsSync(path.join(ROOT, path.dirname(page), place)) ||
    (!place.includes("/") && names.has(place));
  const wrong = PAGES.flatMap((page) =>
    named(fs.readFileSync(path.join(ROOT, page), "utf8"))
      .filter((place) => !isThere(page, place))
      .map((place) => `${page}: ${place}`),
  );
  expect(wrong).toEqual([]);
});

test("every decision has a number of its own, its line in the index, and the heading that the index gives", () => {
  const files = fs.readdirSync(path.join(ROOT, "docs/decisions")).filter((name) => /^\d/u.test(name));
  const index = fs.readFileSync(path.join(ROOT, "docs/decisions/README.md"), "utf8");
  const lines = files.map((name) => {
    const [, number, title] =
      /^# (\d+)\. (.*)\n/u.exec(fs.readFileSync(path.join(ROOT, "docs/decisions", name), "utf8")) ?? [];
    expect(name).toMatch(new RegExp(`^${number?.padStart(2, "0")}-`, "u"));
    return `${number}. [${title}](${name})`;
  });
  expect(index.split("\n").filter((line) => /^\d+\. /u.test(line))).toEqual(lines);
});

test("code cites a decision by a file that is there", () => {
  const wrong = ["main", "renderer", "shared", "test"].flatMap((folder) =>
    fs.readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true }).flatMap((entry) => {
      if (!entry.isFile() || !/\.(?:tsx?|js)$/u.test(entry.name)) return [];
      const text = fs.readFileSync(path.join(entry.parentPath, entry.name), "utf8");
      return [...text.matchAll(/docs\/[\w./-]*\.md/gu)]
        .map(([place]) => place)
        .filter((place) => !fs.existsSync(path.join(ROOT, place)));
    }),
  );
  expect(wrong).toEqual([]);
});
