import { Refusal } from "../../../shared/base/errors.ts";
import { DUE_CLOCKS, type DueClock, type DueClocks } from "../../../shared/model/accountability/due-clock.ts";
import type { Case } from "../../case/case.ts";
import { checkedDocument, keepDocument, latestDocument, parseDocument, wrongDocument } from "../../case/documents.ts";
import { sha256Of } from "../../platform/sha256.ts";
import { Calendar } from "./due-date.ts";

/** How a trigger names the end of another clock. */
export const DONE = "done:";

/** @throws Refusal `clocks-wrong`, naming the clock or the path to the fault */
export function checkedClocks(bytes: Buffer, name: string): DueClocks {
  const clocks = checkedDocument(bytes, name, "clocks-wrong", (value, words) => DUE_CLOCKS.safeParse(value, words));
  const known = new Map<string, DueClock>();
  for (const clock of clocks.clocks) {
    if (known.has(clock.id)) throw wrongDocument("clocks-wrong", name, `two clocks have the id "${clock.id}"`);
    known.set(clock.id, clock);
    try {
      new Calendar(clock.timezone ?? "UTC", clock.holidays ?? []);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw wrongDocument("clocks-wrong", name, `clock ${clock.id}, timezone: ${error.what}`);
    }
  }
  for (const clock of clocks.clocks) checkTrigger(clock, known, name);
  return clocks;
}

/** A clock that starts with another's end needs one to wait for, and never waits for itself. */
function checkTrigger(clock: DueClock, known: ReadonlyMap<string, DueClock>, name: string): void {
  const waited = new Set([clock.id]);
  for (let at = clock; at.trigger.startsWith(DONE); ) {
    const id = at.trigger.slice(DONE.length);
    const next = known.get(id);
    if (!next)
      throw wrongDocument(
        "clocks-wrong",
        name,
        `clock ${at.id} starts with the end of "${id}", and no clock has that id`,
      );
    if (waited.has(id)) throw wrongDocument("clocks-wrong", name, `clock ${clock.id} waits for its own end`);
    waited.add(id);
    at = next;
  }
}

/** Takes clocks into force in place of those before. @throws Refusal `clocks-wrong`, `case-read-only` */
export function keepClocks(caseFile: Case, bytes: Buffer, name: string, by?: string): DueClocks {
  const clocks = checkedClocks(bytes, name);
  const detail = {
    clocks: clocks.clocks.map(({ id }) => id),
    read_sha256: sha256Of(JSON.stringify(parseDocument(bytes.toString("utf8")))),
  };
  keepDocument(caseFile, "clocks", name, bytes, detail, by);
  return clocks;
}

/** The clocks in force. */
export function loadClocks(caseFile: Case): readonly DueClock[] {
  const document = latestDocument(caseFile, "clocks");
  return document === undefined ? [] : DUE_CLOCKS.parse(parseDocument(document)).clocks;
}

/** As their file has them; null where there are none. */
export function clocksDocument(caseFile: Case): unknown {
  const document = latestDocument(caseFile, "clocks");
  return document === undefined ? null : parseDocument(document);
}

/** @throws Refusal `clock-unknown` */
export function clockNamed(clocks: readonly DueClock[], id: string): DueClock {
  const clock = clocks.find((each) => each.id === id);
  if (clock) return clock;
  const ids = clocks.map((each) => each.id).join(", ");
  throw new Refusal(
    "clock-unknown",
    `The case has no clock "${id}"`,
    ids ? `choose one of ${ids}` : "give the clocks first, with `exhibit clocks CASE CLOCKS.json` or --regime",
  );
}
