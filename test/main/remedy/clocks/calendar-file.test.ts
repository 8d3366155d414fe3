import { expect, test } from "vitest";
import { calendarFile } from "../../../../main/remedy/clocks/calendar-file.ts";
import { type ClockStatus, DUE_CLOCK } from "../../../../shared/model/accountability/due-clock.ts";

const clock = (over: object) => DUE_CLOCK.parse({ id: "c", trigger: "discovered", within: "P30D", ...over });
const status = (over: Partial<ClockStatus>): ClockStatus => ({ id: "c", state: "running", contents: [], ...over });
const fileOf = (of: object, stands: Partial<ClockStatus>) =>
  calendarFile("Groups; API, 2018", [clock(of)], { at: "2019-12-01T10:00:00.5Z", facts: {}, clocks: [status(stands)] });

test("what is due by a day's end is that day in the clock's zone; what is due by the hour is that instant", () => {
  const day = fileOf({ timezone: "Europe/Berlin" }, { due: "2019-12-05T22:59:59.999999Z" });
  expect(day).toContain("DTSTART;VALUE=DATE:20191205\r\nDTEND;VALUE=DATE:20191206\r\n");
  expect(fileOf({ within: "PT72H" }, { due: "2019-12-05T22:00:00.5Z" })).toContain("DTSTART:20191205T220000Z\r\n");
});

test("a clock that is done has an event only for the date that comes next", () => {
  const done = { due: "2019-12-05T23:59:59.999999Z", done_on: "2019-12-01" };
  expect(fileOf({}, done)).not.toContain("VEVENT");
  expect(fileOf({}, { ...done, next_due: "2020-01-04T23:59:59.999999Z" })).toContain("DTSTART;VALUE=DATE:20200104\r\n");
});

test("lines are folded at 75 octets, text is escaped, and the same report gives the same bytes", () => {
  const title = "Bericht für die Behörde, sofort; \\ mit Umlauten: ".repeat(4);
  const file = fileOf({ title, to: "A\nB" }, { due: "2019-12-05T23:59:59.999999Z" });
  for (const line of file.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  expect(file).not.toMatch(/[^\r]\n/u);
  const unfolded = file.replaceAll("\r\n ", "");
  expect(unfolded).toContain("X-WR-CALNAME:Groups\\; API\\, 2018\r\n");
  expect(unfolded).toContain("für die Behörde\\, sofort\\; \\\\ mit");
  expect(unfolded).toContain("To: A\\nB");
  expect(fileOf({ title, to: "A\nB" }, { due: "2019-12-05T23:59:59.999999Z" })).toBe(file);
});
