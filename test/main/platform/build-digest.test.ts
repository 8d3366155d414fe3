import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { buildDigest } from "../../../main/platform/build-digest.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const sha256 = (bytes: string | Buffer) => createHash("sha256").update(bytes).digest("hex");

test("the digest of the build is that of the program's files as sha256sum lists them, by name", () => {
  const names = ["main", "shared", "resources"].flatMap((part) =>
    fs
      .readdirSync(path.join(root, part), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, "/")),
  );
  const list = [...names, "package.json"]
    .sort()
    .map((name) => `${sha256(fs.readFileSync(path.join(root, name)))}  ${name}\n`);
  expect(buildDigest()).toBe(sha256(list.join("")));
});
