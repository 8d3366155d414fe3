import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { readFile } from "../encode-file.ts";

const samples = path.resolve(import.meta.dirname, "../../../../resources/formats/samples");

/** What the first and the last record of each sample must become, read by eye beside the owner's documentation. */
const expected = JSON.parse(
  fs.readFileSync(path.join(import.meta.dirname, "third-party-samples.json"), "utf8"),
) as Record<string, readonly object[]>;

test.each(Object.entries(expected))(
  "%s is recognised by what its records must have, and read whole",
  async (name, wanted) => {
    const { detection, events, rejects } = await readFile(path.join(samples, name));
    expect(detection.resolved.format).toBe(path.parse(name).name);
    expect(rejects).toEqual([]);
    expect(events[0]).toMatchObject(wanted[0] as object);
    expect(events.at(-1)).toMatchObject(wanted.at(-1) as object);
    // What a format does not read is not made up.
    for (const key of ["app", "developer", "actor", "fields", "subjects"])
      if (!(key in (wanted[0] as object))) expect(events[0]).not.toHaveProperty(key);
  },
);
