import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { verify } from "../../../../main/bundle/verify/verify.ts";
import { signedBundle } from "../signed-bundle.ts";

test("of a large bundle threads check the bag and make the viewer's data anew, and find the same", async () => {
  const folder = await signedBundle();
  const checks = async () =>
    new Map((await verify(folder)).checks.map(({ check, ok, code, detail }) => [check, { ok, code, detail }]));
  const small = await checks();
  // A file with a hole, which takes no room: more than what one thread looks at.
  const large = path.join(folder, "data", "extract", "large.bin");
  fs.writeFileSync(large, "");
  fs.truncateSync(large, 65 << 20);
  const all = await checks();
  for (const check of ["pages", "custody", "dates", "selection", "counts", "signature"])
    expect(all.get(check), check).toEqual(check === "pages" ? { ...all.get(check), ok: false } : small.get(check));
  expect(all.get("manifest")?.detail).toMatch(/in no manifest, or not in each \(1\): data\/extract\/large\.bin/u);
  // Only what the bag holds is another: its size stands beside data.
  expect(all.get("pages")?.detail).toMatch(/^bag-info\.txt line \d+ is not what the extract gives$/u);
  const viewer = path.join(folder, "data", "viewer");
  const catalog = path.join(viewer, "catalog.js");
  fs.writeFileSync(catalog, fs.readFileSync(catalog, "utf8").replace("exhibitData", "exhibitdata"));
  fs.rmSync(path.join(viewer, "core-0.js"));
  fs.writeFileSync(path.join(viewer, "more.js"), "");
  const { detail } = (await checks()).get("pages") ?? {};
  for (const said of [
    "data/viewer/catalog.js is not what the extract gives",
    "data/viewer/core-0.js is not there",
    "files that this version makes of no extract: data/viewer/more.js",
  ])
    expect(detail).toContain(said);
});
