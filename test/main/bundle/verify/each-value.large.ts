import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { Engine } from "../../../../main/engine/engine.ts";
import { write } from "../fixture.ts";
import { forged, type Payload, signedBundle } from "../signed-bundle.ts";
import { checksOf } from "./forgeries/forge.ts";

/**
 * On trust without the originals, and said so: nothing else in a bundle holds how a source's records follow their times, for
 * those that are not in it too. With originals the check `sources` reads them again.
 */
const ON_TRUST = /^sources\.json: change sources\.\[\]\.clock\./u;

type Place = readonly (string | number)[];
type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A bundle with steps and clocks too. */
const root = await signedBundle({
  also: async (engine: Engine, folder: string) => {
    const clock = { id: "report", trigger: "discovered", within: "P30D" };
    write(folder, {
      "clocks.json": JSON.stringify({ schema: "exhibit/clocks@1", clocks: [clock] }),
      "letter.pdf": "All of it is deleted.\n",
    });
    const file = path.join(folder, "clocks.json");
    await engine.ask("dueClocks", { file });
    await engine.ask("setFact", { fact: "discovered", time: "2019-11-05T09:00:00Z", reason: "as reported" });
    await engine.ask("clockDone", { id: "report", on: "2019-12-01", file });
    const step = (name: string, more: object) => ({ steps: [{ step: name, developer: "D1", ...more }] });
    await engine.ask("addSteps", step("revoked", { on: "2019-08-01" }));
    const certified = step("certified", { on: "2019-08-02", by: "its director", note: "by mail" });
    await engine.ask("addSteps", { ...certified, files: [path.join(folder, "letter.pdf")] });
    await engine.ask("addSteps", step("audited", { due: "2019-11-29" }));
    await engine.ask("addSteps", step("closed", { on: "2019-09-01" }));
    await engine.ask("takeBackStep", { n: 4, reason: "too early" });
  },
});

const documents = fs
  .readdirSync(path.join(root, "data", "extract"))
  .filter((name) => name.endsWith(".json") || name === "events.jsonl");

test.each(documents)("each kind of value of %s, changed, taken out or put in, is named", async (name) => {
  const text = fs.readFileSync(path.join(root, "data", "extract", name), "utf8");
  const isLines = name.endsWith(".jsonl");
  const records = (isLines ? text.trimEnd().split("\n") : [text]).map((each) => JSON.parse(each) as Json);
  const unnamed: string[] = [];
  for (const { index, what, change } of changesOf(records)) {
    const folder = await forged(root, (payload: Payload) => {
      if (!isLines) payload.json(`extract/${name}`, change);
      else
        payload.text(`extract/${name}`, (before) => {
          const lines = before.split("\n");
          const record = JSON.parse(lines[index] as string) as Json;
          change(record);
          return lines.with(index, JSON.stringify(record)).join("\n");
        });
    });
    const { verdict } = await checksOf(folder);
    fs.rmSync(folder, { recursive: true });
    if (verdict !== "broken") unnamed.push(`${name}: ${what}`);
  }
  expect(unnamed.filter((each) => !ON_TRUST.test(each))).toEqual([]);
});

interface Change {
  readonly index: number;
  readonly what: string;
  readonly change: (document: Json) => void;
}

/** The changes of the first value of each kind: one place in the document, whatever the position in a list, and one type. */
function changesOf(records: readonly Json[]): Change[] {
  const seen = new Set<string>();
  return records.flatMap((record, index) =>
    [...placesOf(record)].flatMap((place) => {
      const value = valueAt(record, place);
      const type = value === null ? "null" : Array.isArray(value) ? "list" : typeof value;
      const kind = `${place.map((key) => (typeof key === "number" ? "[]" : key)).join(".")} (${type})`;
      if (seen.has(kind)) return [];
      seen.add(kind);
      return changesAt(place, value).map(([what, change]) => ({ index, what: `${what} ${kind}`, change }));
    }),
  );
}

function changesAt(place: Place, value: Json): [what: string, change: (document: Json) => void][] {
  const list = (document: Json) => valueAt(document, place) as Json[];
  const last = place.at(-1);
  // biome-ignore lint/suspicious/noExplicitAny: an object or a list, by the last step of the place.
  const holder = (document: Json) => valueAt(document, place.slice(0, -1)) as any;
  const all: [string, (document: Json) => void][] = [];
  if (Array.isArray(value)) {
    all.push(["put into", (document) => list(document).push("zz")]);
    if (value.length > 0)
      all.push(
        ["double the last of", (document) => list(document).push(structuredClone(list(document).at(-1) as Json))],
        ["take the last of", (document) => list(document).pop()],
      );
  } else if (value !== null && typeof value === "object")
    all.push(["put into", (document) => Object.assign(valueAt(document, place) as object, { zz: "x" })]);
  else if (last !== undefined)
    all.push(["change", (document) => (holder(document)[last] = otherThan(holder(document)[last] as Json))]);
  if (typeof last === "string") all.push(["take out", (document) => delete holder(document)[last]]);
  return all;
}

function otherThan(value: Json): Json {
  if (typeof value === "number") return value + 1;
  if (typeof value === "boolean") return !value;
  return `${value ?? ""}x`;
}

function* placesOf(value: Json, place: Place = []): Generator<Place> {
  yield place;
  if (value === null || typeof value !== "object") return;
  for (const [key, inner] of Object.entries(value))
    yield* placesOf(inner, [...place, Array.isArray(value) ? Number(key) : key]);
}

// biome-ignore lint/suspicious/noExplicitAny: steps into objects and lists alike.
const valueAt = (document: Json, place: Place): Json => place.reduce((at: any, key) => at[key], document);
