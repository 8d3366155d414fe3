import fs from "node:fs";

/** The program's own version, as package.json has it. */
export const VERSION: string = (
  JSON.parse(fs.readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string }
).version;
