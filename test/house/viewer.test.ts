import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { viewerScript } from "../manual/viewer-script.ts";

const SCRIPT = path.resolve(import.meta.dirname, "../../resources/viewer/viewer.js");

// `npx vitest run test/house/viewer.test.ts -u` writes it anew.
test("the script of a bundle's page is what its sources give, so that every way of starting the program makes the same", async () => {
  await expect(await viewerScript()).toMatchFileSnapshot(SCRIPT);
});

test("it makes no code of text, no markup of text, and reaches for nothing but its own data", () => {
  const text = fs.readFileSync(SCRIPT, "utf8");
  for (const word of [
    /\beval\b/u,
    /\bFunction\(/u,
    /\bimport\(/u,
    /innerHTML|outerHTML|insertAdjacentHTML|document\.write/u,
    /\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon|EventSource/u,
    /localStorage|sessionStorage|indexedDB|document\.cookie/u,
    /https?:\/\/(?!www\.w3\.org\/2000\/svg)/u,
  ])
    expect(text).not.toMatch(word);
});

test("a browser of five years ago reads it", () => {
  const text = fs.readFileSync(SCRIPT, "utf8");
  expect(text).not.toMatch(/\(\?<[=!]/u);
  expect(text).not.toMatch(/\bstatic \{/u);
  expect(text).not.toMatch(/\.(?:toSorted|toReversed|with|groupBy|findLastIndex)\(/u);
});
