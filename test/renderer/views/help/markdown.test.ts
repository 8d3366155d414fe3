import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { blockWords, inline, markdown } from "../../../../renderer/views/help/markdown.ts";
import { searchHelp } from "../../../../renderer/views/help/search.ts";

const text = (value: string) => ({ kind: "text", text: value }) as const;

test("headings, paragraphs, lists, code", () => {
  expect(
    markdown("# One `x`\n\ntwo\nlines\n\n- a\n  more\n- b\n\n1. first\n\n    code  here\n\n```\nfence\n```"),
  ).toEqual([
    { kind: "heading", level: 1, inside: [text("One "), { kind: "code", text: "x" }] },
    { kind: "paragraph", inside: [text("two lines")] },
    { kind: "list", isOrdered: false, items: [[text("a more")], [text("b")]] },
    { kind: "list", isOrdered: true, items: [[text("first")]] },
    { kind: "code", text: "code  here" },
    { kind: "code", text: "fence" },
  ]);
});

test("a table keeps a bar in code, and every row is as long as its head", () => {
  expect(markdown("| a | b |\n| --- | --- |\n| `x|y` | z |\n| only |")).toEqual([
    {
      kind: "table",
      head: [[text("a")], [text("b")]],
      rows: [
        [[{ kind: "code", text: "x|y" }], [text("z")]],
        [[text("only")], []],
      ],
    },
  ]);
});

test("inline forms, and what only looks like one", () => {
  expect(inline("**a** _b_ [c](filter.md) \\*d* e_f_g 2 * 3 * 4")).toEqual([
    { kind: "strong", inside: [text("a")] },
    text(" "),
    { kind: "em", inside: [text("b")] },
    text(" "),
    { kind: "link", to: "filter.md", inside: [text("c")] },
    text(" *d* e_f_g 2 * 3 * 4"),
  ]);
});

test("markup is text", () => {
  expect(markdown("<script>alert(1)</script>")).toEqual([
    { kind: "paragraph", inside: [text("<script>alert(1)</script>")] },
  ]);
});

test("any text is read to its end, and no word is lost", () => {
  const line = fc.constantFrom(
    "# h",
    "- i",
    "1. i",
    "|---|",
    "```",
    "    c",
    "> q",
    "**",
    "`",
    "[a](",
    "|",
    "word",
    "word *a* word",
    "",
  );
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const count = (value: string) => value.split("word").length;
      expect(count(markdown(lines.join("\n")).map(blockWords).join("\n"))).toBe(count(lines.join("\n")));
    }),
  );
});

const FOLDER = path.resolve(import.meta.dirname, "../../../../resources/help");
const pages = fs.readdirSync(FOLDER).filter((name) => name.endsWith(".md"));

test.each(pages)("%s begins with its title and loses no word", (name) => {
  const source = fs.readFileSync(path.join(FOLDER, name), "utf8");
  const blocks = markdown(source);
  expect(blocks[0]).toMatchObject({ kind: "heading", level: 1 });
  const letters = (value: string) =>
    value
      .replace(/<!--.*?-->/gs, "")
      .replace(/\]\([^)\s]*\)/g, "")
      .replace(/[^\p{L}\p{N}]/gu, "");
  // the numbers of ordered lists are form
  expect(letters(blocks.map(blockWords).join(""))).toBe(letters(source.replace(/^\s{0,3}\d+[.)]\s/gm, "")));
});

test("the help is searched by all words, headings first", () => {
  const page = {
    name: "filter",
    title: "The filter",
    blocks: markdown("# The filter\n\nA wildcard is a star.\n\n## Wildcard\n\nOther."),
  };
  expect(searchHelp([page], "WILD").map((hit) => hit.block)).toEqual([2, 1]);
  expect(searchHelp([page], "star wild").map((hit) => hit.block)).toEqual([1]);
  expect(searchHelp([page], " ")).toEqual([]);
});
