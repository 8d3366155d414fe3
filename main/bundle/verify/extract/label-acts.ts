import { createHash } from "node:crypto";
import { fold } from "../../../../shared/filter/match.ts";
import type { CustodyEntry } from "../../../custody/append.ts";
import type { RowDigests } from "../../../custody/row-digests.ts";
import { printable } from "../../../platform/printable-name.ts";
import type { BundleContents } from "./bundle-contents.ts";
import type { Compared } from "./compared.ts";
import type { LabelPlace, RowScan } from "./row-scan.ts";

interface Pin {
  readonly digest: string | null;
  readonly seq: number;
  readonly act: string;
}

/** Acts that put labels on calls, or take them off. */
const LABEL_ACTS = new Set(["tag", "untag", "note", "undo", "redo"]);

/**
 * Tags and notes on the calls of events.jsonl against the digests of what bore them after the last act that changed that. A
 * bundle holds every call that bears one, so that the digests can be worked out from it again.
 */
export function labelFaults({ acts, sources }: BundleContents, { labels }: RowScan): Compared {
  const faults: string[] = [];
  const onTrust: string[] = [];
  const { tagged, noted, notes, older } = pinsOf(acts);
  const found = { tagged: labels.tagged, noted: new Map(labels.noted) };
  const counted = new Set(sources.filter(({ withdrawn }) => !withdrawn).map(({ source }) => source));
  if (older.length > 0)
    onTrust.push(
      `act${older.length > 1 ? "s" : ""} ${older.join(", ")} of an older version hold${older.length > 1 ? "" : "s"} no digests: tags and notes are on trust`,
    );
  else {
    compare("tag", found.tagged, tagged);
    const byText = Map.groupBy(
      [...noted].filter(([key]) => notes.has(key.slice(key.indexOf(" ") + 1))),
      ([key]) => `${key.slice(0, key.indexOf(" "))} ${notes.get(key.slice(key.indexOf(" ") + 1))}`,
    );
    const single = new Map<string, Pin>();
    for (const [key, pins] of byText) {
      const some = pins.filter(([, { digest }]) => digest !== null);
      if (some.length <= 1) single.set(key, (some[0] ?? pins[0])?.[1] as Pin);
      else {
        found.noted.delete(key);
        onTrust.push(
          `acts ${some.map(([, { seq }]) => seq).join(", ")} wrote one note: which of its calls each is on is on trust`,
        );
      }
    }
    compare("note", found.noted, single);
  }
  return { faults, onTrust };

  function compare(kind: string, there: ReadonlyMap<string, LabelPlace[]>, pins: ReadonlyMap<string, Pin>): void {
    const named = (key: string) =>
      `events.jsonl: the calls of source ${key.slice(0, key.indexOf(" "))} with the ${kind} ${printable(key.slice(key.indexOf(" ") + 1).slice(0, 80))}`;
    for (const [key, { digest, seq, act }] of pins) {
      if (!counted.has(Number(key.slice(0, key.indexOf(" "))))) continue;
      if (digestOf(there.get(key) ?? []) !== digest)
        faults.push(`${named(key)} are not those that act ${seq} (${act}) left`);
    }
    for (const key of there.keys()) if (!pins.has(key)) faults.push(`${named(key)} have no act`);
  }
}

function pinsOf(acts: readonly CustodyEntry[]) {
  const tagged = new Map<string, Pin>();
  const noted = new Map<string, Pin>();
  const texts = new Map<string, string>();
  const undone = new Set<string>();
  const older: number[] = [];
  for (const { seq, act, detail } of acts) {
    if (LABEL_ACTS.has(act)) {
      if (detail.digests === undefined) older.push(seq);
      if (typeof detail.note === "string") texts.set(String(detail.act), detail.note);
      if (act === "undo") undone.add(String(detail.act));
      if (act === "redo") undone.delete(String(detail.act));
    }
    const digests = detail.digests as RowDigests | undefined;
    for (const [key, digest] of Object.entries(digests?.tagged ?? {})) tagged.set(fold(key), { digest, seq, act });
    for (const [key, digest] of Object.entries(digests?.noted ?? {})) noted.set(key, { digest, seq, act });
  }
  const notes = new Map([...texts].filter(([act]) => !undone.has(act)));
  return { tagged, noted, notes, older };
}

/** As acts hold it (main/annotations/label-digests.ts): in the order of the file. */
function digestOf(places: readonly LabelPlace[]): string | null {
  if (places.length === 0) return null;
  const hash = createHash("sha256");
  for (const { line, offset, part } of places.toSorted((a, b) => a.offset - b.offset || (a.part ?? 0) - (b.part ?? 0)))
    hash.update(`${line}:${offset}${part === undefined ? "" : `:${part}`}\n`);
  return hash.digest("hex");
}
