import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { builtInFormats } from "../../../../main/intake/mapping/formats.ts";
import { readMapping } from "../../../../main/intake/mapping/parse-mapping.ts";
import { parseUserJson } from "../../../../main/platform/user-json.ts";

const folder = path.resolve(import.meta.dirname, "../../../../resources/formats");

// They are loaded unchecked.
test.each([...builtInFormats()])("%s is a mapping without a mistake", (name, mapping) => {
  expect(() => parseUserJson(fs.readFileSync(path.join(folder, `${name}.json`), "utf8"))).not.toThrow();
  expect(readMapping(mapping, name)).toEqual(mapping);
});
