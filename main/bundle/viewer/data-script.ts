import { ScriptBytes } from "./script-bytes.ts";

/** A script that hands a value to the page. */
export function dataScript(name: string, value: unknown, bytes: readonly Buffer[] = []): Buffer {
  const script = new ScriptBytes();
  script.begin(name);
  script.json(JSON.stringify(value));
  return script.end(bytes);
}
