import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { detectFile } from "../../../../main/intake/detect/detect.ts";
import { temporaryFolder } from "../../../temporary.ts";
import { readWhole } from "../encode-file.ts";

const folder = temporaryFolder();
async function read(text: string) {
  const file = path.join(folder, "some.log");
  fs.writeFileSync(file, text);
  const detection = await detectFile(file, {});
  return { format: detection.resolved.format, ...(await readWhole(detection.plan, Buffer.from(text))) };
}

/** Words behind a time of May 2024, and how many hours they are east of Greenwich (RFC 5322, IANA). */
const zones: readonly (readonly [string, number])[] = [
  ["CEST", 2],
  ["EST", -5],
  ["MESZ", 2],
  ["JST", 9],
  ["UTC", 0],
  ["Z", 0],
  ["+02:00", 2],
  ["-0300", -3],
  ["GMT+2", 2],
  ["(CEST)", 2],
  ["Europe/Berlin", 2],
  ["America/New_York", -4],
];
/** How programs write 14 May 2024, 10:00, with the zone behind it or in it. */
const forms: readonly ((zone: string) => string)[] = [
  (zone) => `2024-05-14 10:00:00 ${zone} INFO started`,
  (zone) => `2024/05/14 10:00:00.000 ${zone} [4711] started`,
  (zone) => `[2024-05-14 10:00:00 ${zone}] INFO started`,
  (zone) => `14.05.2024 10:00:00 ${zone} INFO started`,
  (zone) => `05/14/2024 10:00:00 AM ${zone} INFO started`,
  (zone) => `14 May 2024 10:00:00 ${zone} INFO started`,
  (zone) => `May 14, 2024 10:00:00 AM ${zone} INFO started`,
  (zone) => `May 14, 2024 @ 10:00:00.000 ${zone} INFO started`,
  (zone) => `Tue May 14 10:00:00 ${zone} 2024 INFO started`,
  (zone) => `Tue May 14 2024 10:00:00 ${zone} INFO started`,
  (zone) => `web-1 app 2024-05-14 10:00:00 ${zone} INFO started`,
];

test("a zone behind the time of a text log is part of it, in every form of time", async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...forms), fc.constantFrom(...zones), async (form, [zone, hours]) => {
      const { format, events } = await read(`${form(zone)}\n${form(zone)}, as before\n`);
      expect(format).toBe("text");
      expect(events.map(({ time }) => time)).toEqual(
        Array(2).fill(`2024-05-14T${String(10 - hours).padStart(2, "0")}:00:00Z`),
      );
    }),
    { numRuns: 120 },
  );
});

test("a zone that stands in a column of a W3C log holds, by any of its names", async () => {
  for (const column of ["tz", "timezone", "x-timezone", "cs-time-zone", "utc-offset", "GMT_Offset"])
    for (const [zone, hours] of zones) {
      if (zone.startsWith("(")) continue;
      const { events } = await read(
        `#Software: any\n#Fields: date time cs-method cs-uri-stem sc-status c-ip ${column}\n2024-05-14 10:00:00 GET /a 200 192.0.2.1 ${zone}\n2024-05-14 10:00:01 GET /a 200 192.0.2.1 -\n`,
      );
      expect(events.map(({ time }) => time)).toEqual([
        `2024-05-14T${String(10 - hours).padStart(2, "0")}:00:00Z`,
        "2024-05-14T10:00:01Z",
      ]);
    }
});

test("a word there that names no one zone rejects the record", async () => {
  const { events, rejects } = await read(
    "#Fields: date time cs-method cs-uri-stem sc-status tz\n2024-05-14 10:00:00 GET /a 200 UTC\n2024-05-14 10:00:00 GET /a 200 IST\n",
  );
  expect(events.length).toBe(1);
  expect(rejects[0]?.reason).toContain("IST");
});

test("a heading's zone holds, and one that names no one zone rejects what stands under it", async () => {
  const table = (heading: string) =>
    read(`${heading},app,status\n2024-05-14 10:00:00,a,200\n2024-05-14 10:00:01,b,200\n`);
  for (const [heading, hours] of [
    ["Time (UTC+2)", 2],
    ["Time [Europe/Berlin]", 2],
    ["timestamp_pdt", -7],
    ["Time CEST", 2],
    ["time_utc", 0],
  ] as const)
    expect(
      (await table(heading)).events.map(({ time }) => time),
      heading,
    ).toEqual([
      `2024-05-14T${String(10 - hours).padStart(2, "0")}:00:00Z`,
      `2024-05-14T${String(10 - hours).padStart(2, "0")}:00:01Z`,
    ]);
  for (const heading of ["Time (CET/CEST)", "Time (Pacific Time)", "Time (PT)", "Time [EST / EDT]"]) {
    const { events, rejects } = await table(heading);
    expect(events, heading).toEqual([]);
    expect(
      rejects.map(({ reason }) => reason),
      heading,
    ).toEqual(Array(2).fill(expect.stringContaining("--timezone")));
  }
});
