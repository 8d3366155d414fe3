import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { acquireLock, isLocked, lockedSince } from "../../../main/case/lock.ts";
import { temporaryFolder } from "../../temporary.ts";

test("one holds the lock at a time, says since when, and leaves nothing behind", () => {
  const folder = temporaryFolder();
  expect([isLocked(folder), lockedSince(folder)]).toEqual([false, undefined]);
  const lock = acquireLock(folder);
  expect(lock).toBeDefined();
  expect(acquireLock(folder)).toBeUndefined();
  expect(isLocked(folder)).toBe(true);
  expect(Math.abs(Date.parse(lockedSince(folder) ?? "") - Date.now())).toBeLessThan(60_000);
  lock?.release();
  expect(isLocked(folder)).toBe(false);
  expect(fs.readdirSync(folder)).toEqual([]);
});

test("what a dead process left is no lock", () => {
  const folder = temporaryFolder();
  fs.writeFileSync(path.join(folder, "lock"), "");
  fs.writeFileSync(path.join(folder, "lock.json"), "{");
  expect([isLocked(folder), lockedSince(folder)]).toEqual([false, undefined]);
  const lock = acquireLock(folder);
  expect(lock).toBeDefined();
  lock?.release();
});

test("a folder that is not there holds no lock, and none can be taken in it", () => {
  const nowhere = path.join(temporaryFolder(), "nowhere");
  expect(isLocked(nowhere)).toBe(false);
  expect(() => acquireLock(nowhere)).toThrow();
});
