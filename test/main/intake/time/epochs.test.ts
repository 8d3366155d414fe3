import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { detectFile } from "../../../../main/intake/detect/detect.ts";
import { countedMicros } from "../../../../main/intake/time/epochs.ts";
import { isoOf } from "../../../../shared/base/time.ts";
import { temporaryFolder } from "../../../temporary.ts";
import { imported } from "../imported.ts";

test.each([
  // [MS-DTYP] 2.3.3, .NET DateTime.Ticks, Chromium's base::Time, and the two date systems of spreadsheets.
  ["filetime", "133590312100000000"],
  ["net_ticks", "638501544100000000"],
  ["webkit_us", "13359031210000000"],
  ["excel_days", "45413.4167824074"],
  ["excel_days_1904", "43951.4167824074"],
] as const)("%s %s is 2024-05-01T10:00:10Z", (unit, text) => {
  expect(isoOf(countedMicros(text, unit))).toBe("2024-05-01T10:00:10Z");
});

describe("a count that gives no believable date from 1970", () => {
  test.each(["133590312100000000", "638501544100000000", "13359031210000000", "45413.4167824074"])(
    "%s is tried as another counting, and said",
    async (number) => {
      const { events } = await imported(`time,app,method,path,status\n${number},a,GET,/a,200\n`);
      expect(events[0]?.time).toBe("2024-05-01T10:00:10Z");
    },
  );

  test("is refused where none fits, and the refusal names parse", async () => {
    const file = path.join(temporaryFolder(), "log.csv");
    fs.writeFileSync(file, "time,app,method,path,status\n77.5,a,GET,/a,200\n78.5,b,GET,/a,200\n");
    await expect(detectFile(file, {})).rejects.toMatchObject({
      code: "dates-ambiguous",
      todo: expect.stringContaining('"parse"'),
    });
  });

  test("among believable ones is no time", async () => {
    const { events, source } = await imported(
      "time,app,method,path,status\n1714557610,a,GET,/a,200\n0000000077,b,GET,/a,200\n",
    );
    expect([events.length, source.rejected]).toEqual([1, 1]);
  });
});

test("FILETIME and ticks keep each microsecond", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 51 }), fc.integer({ min: 0, max: 9 }), (micros, tenth) => {
      const written = String(BigInt(micros) * 10n + BigInt(tenth) + 116_444_736_000_000_000n);
      expect(countedMicros(written, "filetime")).toBe(micros);
    }),
  );
});
