import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "./modules.ts";

/** docs/security.md is held to what it says: its tests are there by name, and what only a setting keeps is set. */

const read = (name: string) => fs.readFileSync(path.join(ROOT, name), "utf8");
const page = read("docs/security.md");
const sources = fs
  .readdirSync(path.join(ROOT, "main"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => read(path.join("main", name)))
  .join("\n");

test("every test that the page names is there, by the beginning of its name", () => {
  const named = [...page.matchAll(/`(test\/[^`]+)`((?:,? "[^"]+")+)/gu)].flatMap(([, file = "", titles = ""]) =>
    [...titles.matchAll(/"([^"]+)"/gu)].map(([, title = ""]) => ({ file, title })),
  );
  expect(named.length).toBeGreaterThan(25);
  expect(named.filter(({ file, title }) => !read(file).includes(`("${title}`))).toEqual([]);
});

test("every row has its test or its reason", () => {
  const rows = page.split("\n").filter((line) => /^\| \d+ \|/u.test(line));
  const without = rows.filter((row) => !/`test\/[^`]+\.test\.ts` "|as 11 \||no test/u.test(row));
  expect([rows.length, without]).toEqual([40, []]);
});

test("the window is built as the page says", () => {
  const window = read("main/desktop/windows/case-window.ts");
  for (const set of ["contextIsolation: true", "sandbox: true", "nodeIntegration: false", "webSecurity: true"])
    expect(window).toContain(set);
  expect(sources.match(/new BrowserWindow/gu)).toHaveLength(1);
  expect(read("main/desktop/page/lockdown.ts")).toContain(
    'contents.on("will-attach-webview", (event) => event.preventDefault())',
  );
  for (const never of [
    "allowRunningInsecureContent",
    "experimentalFeatures",
    "enableBlinkFeatures",
    "webviewTag",
    "nodeIntegrationInWorker",
  ])
    expect(sources).not.toContain(never);
});

test("nothing of the system is opened for a page", () => {
  expect(sources).not.toMatch(/openExternal|openPath/u);
});

test("the package is built as the page says", () => {
  const fuses = read("electron-builder.yml");
  for (const fuse of [
    "runAsNode: false",
    "enableNodeOptionsEnvironmentVariable: false",
    "enableNodeCliInspectArguments: false",
    "enableEmbeddedAsarIntegrityValidation: true",
    "onlyLoadAppFromAsar: true",
    "grantFileProtocolExtraPrivileges: false",
  ])
    expect(fuses).toContain(`  ${fuse}\n`);
});
