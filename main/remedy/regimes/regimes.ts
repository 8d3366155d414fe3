import fs from "node:fs";
import { Refusal } from "../../../shared/base/errors.ts";
import { DUE_CLOCKS, type Regime } from "../../../shared/model/accountability/due-clock.ts";
import type { Case } from "../../case/case.ts";
import { clocksDocument, keepClocks } from "./clocks-file.ts";

const FOLDER = new URL("../../../resources/clocks/", import.meta.url);

/** The regimes of `resources/clocks/`. Each of their clocks says what of it is unconfirmed. */
export function regimes(): Regime[] {
  return fs
    .readdirSync(FOLDER)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => {
      const { clocks } = DUE_CLOCKS.parse(documentOf(file));
      const titles = clocks.map(({ title, id }) => title ?? id).join("; ");
      return { id: file.slice(0, -".json".length), title: titles, clocks };
    });
}

const documentOf = (file: string) =>
  JSON.parse(fs.readFileSync(new URL(file, FOLDER), "utf8")) as { clocks: unknown[] };

/** Adds regimes to the clocks in force; a clock of the same id takes the older one's place. @throws Refusal `clock-unknown` */
export function addRegimes(caseFile: Case, ids: readonly string[], by?: string): void {
  const known = regimes().map(({ id }) => id);
  for (const id of ids)
    if (!known.includes(id))
      throw new Refusal("clock-unknown", `Exhibit brings no regime "${id}"`, `choose one of ${known.join(", ")}`);
  const before = (clocksDocument(caseFile) as { clocks: { id: string }[] } | null)?.clocks ?? [];
  const added = ids.flatMap((id) => documentOf(`${id}.json`).clocks as { id: string }[]);
  const kept = before.filter(({ id }) => !added.some((each) => each.id === id));
  const document = { schema: "exhibit/clocks@1", clocks: [...kept, ...added] };
  keepClocks(caseFile, Buffer.from(`${JSON.stringify(document, undefined, 2)}\n`), `regimes ${ids.join(", ")}`, by);
}
