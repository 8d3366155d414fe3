import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { makeFolders, readInto, writeAll, writeDurably } from "../../../main/platform/files.ts";
import { temporaryFolder } from "../../temporary.ts";

test("a folder is made with those above it that are missing; one that is there stays", () => {
  const folder = path.join(temporaryFolder(), "a", "b", "c");
  makeFolders(folder);
  makeFolders(folder);
  expect(fs.statSync(folder).isDirectory()).toBe(true);
});

test("a folder below a file is none, and nothing is made on the way", () => {
  const file = path.join(temporaryFolder(), "a");
  fs.writeFileSync(file, "text");
  expect(() => makeFolders(path.join(file, "b", "c"))).toThrow(/ENOTDIR/u);
  expect(fs.readFileSync(file, "utf8")).toBe("text");
});

test("what is written whole is read whole, from any position", () => {
  const file = path.join(temporaryFolder(), "a");
  writeDurably(file, "0123456789");
  const fd = fs.openSync(file, "r+");
  writeAll(fd, Buffer.from("xy"), 4);
  const bytes = Buffer.alloc(20);
  expect([readInto(fd, bytes, 2), bytes.toString("latin1", 0, 8)]).toEqual([8, "23xy6789"]);
  fs.closeSync(fd);
});
