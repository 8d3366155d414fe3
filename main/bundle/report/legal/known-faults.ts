import fs from "node:fs";

const FILE = new URL("../../../../resources/known-faults.json", import.meta.url);

let faults: readonly string[] | undefined;

/** What is known to be wrong or missing in this version, in its words. */
export function knownFaults(): readonly string[] {
  faults ??= JSON.parse(fs.readFileSync(FILE, "utf8")) as string[];
  return faults;
}
