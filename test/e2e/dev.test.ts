import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { launch } from "../host/launch.ts";
import { ROOT } from "../house/modules.ts";
import { temporaryFolder } from "../temporary.ts";
import { built } from "./built.ts";

/** A project of its own to write in: the real one's sources are copied, its packages linked. */
function copyOfProject(): string {
  const copy = temporaryFolder();
  for (const each of [
    "main",
    "renderer",
    "shared",
    "resources",
    "test/dev",
    "vite.config.ts",
    "tsconfig.json",
    "package.json",
  ])
    fs.cpSync(path.join(ROOT, each), path.join(copy, each), { recursive: true });
  fs.mkdirSync(path.join(copy, "node_modules"));
  for (const each of fs.readdirSync(path.join(ROOT, "node_modules")))
    if (!each.startsWith("."))
      fs.symlinkSync(path.join(ROOT, "node_modules", each), path.join(copy, "node_modules", each));
  return copy;
}

test("a changed text stands in the window by itself, and the app still refuses every request but its own", async () => {
  const project = copyOfProject();
  const build = spawn(process.execPath, [path.join(project, "test/dev/build.ts")], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  try {
    await Promise.race([once(build, "message"), once(build, "exit").then(() => Promise.reject(new Error("no build")))]);
    const { page, url, refused, close } = await launch({ main: path.join(project, "test/dev/window.js") });
    const heading = page.getByRole("heading", { level: 1 });
    await expect.poll(() => heading.textContent()).toBe("Exhibit");

    const file = path.join(project, "renderer/views/start/start.tsx");
    fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace('title="Exhibit"', 'title="Being written"'));
    const began = Date.now();
    // Some two seconds of processor time, more on a busy machine.
    await expect.poll(() => heading.textContent().catch(() => ""), { timeout: 90_000 }).toBe("Being written");
    console.log(`the changed text stood in the window after ${Date.now() - began} ms`);

    expect(await url()).toMatch(/^app:\/\/exhibit\//u);
    expect(await page.evaluate(() => fetch("http://127.0.0.1:9/").catch(() => "refused"))).toBe("refused");
    expect((await refused()).filter(({ by }) => by === "host")).toEqual([]);
    await close();
  } finally {
    build.kill();
  }
});

test("what is packaged has no source map, and nothing of what development adds", () => {
  const dist = path.join(built(), "dist");
  const wrong = fs.readdirSync(dist, { recursive: true, encoding: "utf8" }).filter((name) => {
    if (/\.map$|(?:^|[\\/])test(?:[\\/]|$)/u.test(name)) return true;
    if (!/\.c?js$/u.test(name)) return false;
    return /sourceMappingURL=data|node_modules\/\.dev|watchFile|\.reload\(\)/u.test(
      fs.readFileSync(path.join(dist, name), "utf8"),
    );
  });
  expect(wrong).toEqual([]);
});
