import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseTime } from "../../../../main/intake/time/time-reader.ts";
import { isoOf } from "../../../../shared/base/time.ts";
import { imported } from "../imported.ts";

const read = (text: string, zone?: string): string | undefined => {
  const time = parseTime(text, zone);
  return time === undefined ? undefined : isoOf(time);
};

describe("a zone that stands with the time is part of it", () => {
  test.each([
    ["2024-05-01 12:00:01 CEST", "2024-05-01T10:00:01Z"],
    ["2024-05-01 19:00:03 JST", "2024-05-01T10:00:03Z"],
    ["2024-05-01 13:00:04 MSK", "2024-05-01T10:00:04Z"],
    ["2024-05-01 12:00:05 MESZ", "2024-05-01T10:00:05Z"],
    ["2024-05-01 20:00:05 AEST", "2024-05-01T10:00:05Z"],
    ["2024-05-01 22:00:05 NZST", "2024-05-01T10:00:05Z"],
    ["2024-05-01 00:00:05 HST", "2024-05-01T10:00:05Z"],
    ["2024-05-01T12:00:08+02:00:00", "2024-05-01T10:00:08Z"],
    ["2024-05-01T10:00:09-00:00", "2024-05-01T10:00:09Z"],
    ["2024-11-15 06:00:12 Eastern Standard Time", "2024-11-15T11:00:12Z"],
    ["2024-05-01 06:00:32 GMT-0400", "2024-05-01T10:00:32Z"],
    ["2024-05-01 06:00:33 America/New_York", "2024-05-01T10:00:33Z"],
    ["2024-05-01T12:00:12+02:00[Europe/Berlin]", "2024-05-01T10:00:12Z"],
    ["2024-05-01 06:00:36 UTC-4", "2024-05-01T10:00:36Z"],
    ["2024-05-01 06:00:38 (EDT)", "2024-05-01T10:00:38Z"],
    ["2024-05-01 06:00:38 [EDT]", "2024-05-01T10:00:38Z"],
    ["2024-05-01 06:00:39 AM EDT", "2024-05-01T10:00:39Z"],
    ["2024-05-01T06:00:21\u221204:00", "2024-05-01T10:00:21Z"],
    ["2024-05-01 06:00:31.9 -0400 EDT", "2024-05-01T10:00:31.900Z"],
    ["2024-05-01 10:00:06.9 +0000 UTC m=+0.012345678", "2024-05-01T10:00:06.900Z"],
    ["Wed, 1 May 2024 06:00:07 -0400 (EDT)", "2024-05-01T10:00:07Z"],
    ["Wed, 1 May 2024 04:00:07 CST", "2024-05-01T10:00:07Z"],
    ["Wed May 01 2024 12:00:11 GMT+0200 (Mitteleurop\u00e4ische Sommerzeit)", "2024-05-01T10:00:11Z"],
    ["Wed May  1 06:30:00 EDT 2024", "2024-05-01T10:30:00Z"],
    ["2024-05-01 11:00:07 BST", "2024-05-01T10:00:07Z"],
  ])("%s is %s", (text, instant) => {
    expect(read(text, "Asia/Tokyo")).toBe(instant);
  });

  test.each(["IST", "AST", "CST", "XYZ", "Arabian Standard Tyme Time"])("%s alone says no zone", (word) => {
    expect(read(`2024-05-01 15:30:06 ${word}`)).toBeUndefined();
  });

  test("a word of several zones is taken where the source's own zone calls its time so", () => {
    expect(read("2024-05-01 15:30:06 IST", "Asia/Kolkata")).toBe("2024-05-01T10:00:06Z");
    expect(read("2024-01-15 12:00:05 CST", "America/Chicago")).toBe("2024-01-15T18:00:05Z");
    expect(read("2024-01-15 12:00:05 CST", "Asia/Shanghai")).toBe("2024-01-15T04:00:05Z");
    // BST is British Summer Time where London has it.
    expect(read("2024-01-15 12:00:05 BST")).toBeUndefined();
  });

  test("a record with such a word is rejected with a sentence that names --timezone", async () => {
    const { source, events } = await imported(
      "time,app,method,path,status\n2024-05-01T10:00:00Z,a,GET,/a,200\n2024-05-01 15:30:06 IST,b,GET,/b,200\n",
    );
    expect(events.map(({ app }) => app)).toEqual(["a"]);
    expect(source.rejects).toEqual([
      { line: 3, reason: '"IST" behind a time names no one zone: import again with --timezone' },
    ]);
  });
});

describe("times in common use", () => {
  test.each([
    ["/Date(1714557618000)/", "2024-05-01T10:00:18Z"],
    ["/Date(1714557619000+0200)/", "2024-05-01T10:00:19Z"],
    ["May 1, 2024 @ 10:00:07.250", "2024-05-01T10:00:07.250Z"],
    ["May 1, 2024, 10:00:08\u202fAM", "2024-05-01T10:00:08Z"],
    ["1\u00a0May\u00a02024 10:00:08", "2024-05-01T10:00:08Z"],
    ["01-MAY-24 10.00.26.000000 AM", "2024-05-01T10:00:26Z"],
    ["01-MAY-24 10.00.26.5 PM -04:00", "2024-05-02T02:00:26.500Z"],
    ["20240501100028.0Z", "2024-05-01T10:00:28Z"],
    ["20240501120028+0200", "2024-05-01T10:00:28Z"],
    ["20240501100031.123", "2024-05-01T10:00:31.123Z"],
    ["20240501100031123", "2024-05-01T10:00:31.123Z"],
    ["01. Mai 2024 10:00:08", "2024-05-01T10:00:08Z"],
    ["Mittwoch, 1. Mai 2024 um 10:00:08 Uhr", "2024-05-01T10:00:08Z"],
    ["4 mars 2024 10:00:08", "2024-03-04T10:00:08Z"],
    ["mar. 5 mars 2024 \u00e0 10:00:08", "2024-03-05T10:00:08Z"],
    ["1er ao\u00fbt 2024 10:00", "2024-08-01T10:00:00Z"],
    ["5 de enero de 2024 10:00:08", "2024-01-05T10:00:08Z"],
    ["3. M\u00e4rz 2024 10:00", "2024-03-03T10:00:00Z"],
    ["2024\u5e745\u67081\u65e5 10:00:09", "2024-05-01T10:00:09Z"],
    ["2024\u5e745\u67081\u65e5 \u4e0b\u53483:00:09", "2024-05-01T15:00:09Z"],
    ["2024\u5e7405\u670801\u65e5(\u6c34) 10\u664200\u520609\u79d2", "2024-05-01T10:00:09Z"],
  ])("%s is %s", (text, instant) => {
    expect(read(text)).toBe(instant);
  });
});

const two = (n: number) => String(n).padStart(2, "0");
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const GERMAN = [
  "Januar",
  "Februar",
  "M\u00e4rz",
  "April",
  "Mai",
  "Juni",
  "Juli",
  "August",
  "September",
  "Oktober",
  "November",
  "Dezember",
];

/** How a date is written to the second, from what local clocks show. */
const FORMS: readonly ((d: Date) => string)[] = [
  (d) => d.toISOString().slice(0, 19),
  (d) => d.toISOString().slice(0, 19).replace("T", " "),
  (d) => `${two(d.getUTCDate())}/${MONTHS[d.getUTCMonth()]}/${d.getUTCFullYear()}:${d.toISOString().slice(11, 19)}`,
  (d) => `${d.getUTCDate()} ${MONTHS[d.getUTCMonth()]} ${d.getUTCFullYear()} ${d.toISOString().slice(11, 19)}`,
  (d) =>
    `${MONTHS[d.getUTCMonth()]} ${d.getUTCDate()}, ${d.getUTCFullYear()} ${d.getUTCHours() % 12 || 12}:${d.toISOString().slice(14, 19)} ${d.getUTCHours() < 12 ? "AM" : "PM"}`,
  (d) => `${MONTHS[d.getUTCMonth()]} ${d.getUTCDate()}, ${d.getUTCFullYear()} @ ${d.toISOString().slice(11, 19)}`,
  (d) => `${d.getUTCDate()}. ${GERMAN[d.getUTCMonth()]} ${d.getUTCFullYear()} ${d.toISOString().slice(11, 19)}`,
  (d) =>
    `${d.getUTCFullYear()}\u5e74${d.getUTCMonth() + 1}\u6708${d.getUTCDate()}\u65e5 ${d.toISOString().slice(11, 19)}`,
];

/** How an offset in minutes is written. */
const OFFSETS: readonly ((minutes: number) => string)[] = [
  (m) => `${m < 0 ? "-" : "+"}${two(Math.floor(Math.abs(m) / 60))}:${two(Math.abs(m) % 60)}`,
  (m) => ` ${m < 0 ? "-" : "+"}${two(Math.floor(Math.abs(m) / 60))}${two(Math.abs(m) % 60)}`,
  (m) => ` GMT${m < 0 ? "-" : "+"}${two(Math.floor(Math.abs(m) / 60))}${two(Math.abs(m) % 60)}`,
  (m) => ` ${m < 0 ? "\u2212" : "+"}${two(Math.floor(Math.abs(m) / 60))}:${two(Math.abs(m) % 60)}`,
  (m) => ` (UTC${m < 0 ? "-" : "+"}${two(Math.floor(Math.abs(m) / 60))}:${two(Math.abs(m) % 60)})`,
];

test("an instant written in any form with any offset comes back", () => {
  const second = fc.integer({ min: Date.UTC(1991, 0, 1) / 1000, max: Date.UTC(2036, 0, 1) / 1000 });
  const quarter = fc.integer({ min: -12 * 4, max: 14 * 4 });
  fc.assert(
    fc.property(
      second,
      quarter,
      fc.constantFrom(...FORMS),
      fc.constantFrom(...OFFSETS),
      (seconds, quarters, form, offset) => {
        const minutes = quarters * 15;
        const text = form(new Date((seconds + minutes * 60) * 1000)) + offset(minutes);
        expect(read(text), text).toBe(isoOf(seconds * 1_000_000));
      },
    ),
    { numRuns: 2_000 },
  );
});
