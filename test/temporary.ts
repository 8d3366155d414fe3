import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const made: string[] = [];

/** A folder of its own, gone when the test file is done. */
export function temporaryFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "exhibit-test-"));
  made.push(folder);
  return folder;
}

/** After each test file (test/setup.ts). */
export function removeTemporary(): void {
  for (const folder of made.splice(0)) fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
