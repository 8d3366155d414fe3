import fc from "fast-check";
import { expect, test } from "vitest";
import { parseTime } from "../../../../main/intake/time/time-reader.ts";
import { isoOf } from "../../../../shared/base/time.ts";
import { imported } from "../imported.ts";

const two = (n: number) => String(n).padStart(2, "0");
const written = fc
  .record({
    year: fc.oneof(
      fc.integer({ min: 1, max: 9999 }),
      fc.integer({ min: 1680, max: 1690 }),
      fc.integer({ min: 2250, max: 2260 }),
    ),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
    hour: fc.integer({ min: 0, max: 23 }),
    fraction: fc.stringMatching(/^[0-9]{1,9}$/u),
    form: fc.constantFrom("T", " "),
    zone: fc.constantFrom("Z", "+00:00", " UTC"),
  })
  .map(
    ({ year, month, day, hour, fraction, form, zone }) =>
      `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}${form}${two(hour)}:59:59.${fraction}${zone}`,
  );

/** The time as it must be printed: its fraction cut to microseconds. */
function printed(text: string): string {
  const [, date, clock, digits] = /^(.{10}).(.{8})\.(\d+)/u.exec(text) as unknown as [string, string, string, string];
  const micros = digits.slice(0, 6).padEnd(6, "0");
  const fraction = micros === "000000" ? "" : micros.endsWith("000") ? `.${micros.slice(0, 3)}` : `.${micros}`;
  return `${date}T${clock}${fraction}Z`;
}

test("a time of any year is printed as it was written, cut to microseconds, or is no time", () => {
  fc.assert(
    fc.property(written, (text) => {
      const time = parseTime(text);
      const year = Number(text.slice(0, 4));
      if (time === undefined) expect(year < 1685 || year > 2254).toBe(true);
      else expect(isoOf(time)).toBe(printed(text));
    }),
  );
});

test.each([
  "9999-12-31T23:59:59.9999999Z",
  "2300-01-01T00:00:00.123457Z",
  "9999-12-31 23:59:59.9999999",
  "31/Dec/9999:23:59:59 +0000",
  "0001-01-01T00:00:00Z",
])("a record of %s is rejected, whichever way its time is written, and the others are read", async (time) => {
  const { source, events } = await imported(`time,app\n${time},a\n2018-05-01T10:00:00.123457Z,b\n`, {
    mapping: { schema: "exhibit/mapping@1", format: "csv" },
  });
  expect(events.map((event) => event.time)).toEqual(["2018-05-01T10:00:00.123457Z"]);
  expect(source.rejects.map(({ line }) => line)).toEqual([2]);
});
