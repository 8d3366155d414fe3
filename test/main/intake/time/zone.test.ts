import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Zone } from "../../../../main/intake/time/zone.ts";
import { ZONE_DATA_RELEASE } from "../../../../main/intake/time/zone-data.ts";

const MICROS = 1000;
const at = (local: string): number => Date.parse(`${local}Z`) * MICROS;
const iso = (micros: number): string => (Number.isNaN(micros) ? "none" : new Date(micros / MICROS).toISOString());
const resolved = (zone: string, local: string): string => iso(new Zone(zone).resolve(at(local)));

/** Clocks as the runtime's own data has them: a second implementation, of an older release. */
function runtimeOffset(zone: string, millis: number): number {
  const text = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" }).format(millis);
  const [, sign, hours, minutes, seconds = "0"] = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/u.exec(text) ?? [];
  if (sign === undefined) return 0;
  return (sign === "-" ? -1 : 1) * ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}

/** Whose clocks were decided on anew behind the release that Node 24.21 has (2026c), or whose past was corrected. */
const NEWER =
  /^America\/(?:Winnipeg|Inuvik|Yellowknife|Havana|Bogota|Rainy_River|Resolute|Rankin_Inlet)$|^(?:Cuba|Canada\/Central)$/u;
const ZONES = Intl.supportedValuesOf("timeZone").filter((zone) => !NEWER.test(zone));

test("at any instant of 2010 to 2027 clocks stand as the runtime says, in every zone", () => {
  const instant = fc.integer({ min: Date.UTC(2010, 0, 1), max: Date.UTC(2026, 5, 1) });
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), instant, (zone, millis) => {
      expect(new Zone(zone).offsetAt(millis * MICROS) / MICROS).toBe(runtimeOffset(zone, millis));
    }),
    { numRuns: 1_500 },
  );
});

test("a local reading gives every instant at which the clocks showed it, and no other", () => {
  const minutes = fc.integer({ min: Date.UTC(2010, 0, 1) / 60_000, max: Date.UTC(2026, 5, 1) / 60_000 });
  const changing = fc.constantFrom(
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Pacific/Apia",
  );
  fc.assert(
    fc.property(changing, minutes, (name, minute) => {
      const zone = new Zone(name);
      const local = minute * 60_000 * MICROS;
      const shown = [];
      for (let offset = -24 * 4; offset <= 24 * 4; offset += 1) {
        const instant = local - offset * 900_000 * MICROS;
        if (instant + zone.offsetAt(instant) === local) shown.push(instant);
      }
      shown.sort((a, b) => a - b);
      const first = zone.resolve(local);
      expect([first, zone.second].filter((found) => !Number.isNaN(found))).toEqual(shown);
    }),
    { numRuns: 3_000 },
  );
});

describe("what governments decided", () => {
  test.each([
    // Clocks were changed at one minute past midnight there until November 2011 (IANA, northamerica).
    ["America/St_Johns", "2010-03-14T00:00:59", "2010-03-14T03:30:59.000Z"],
    ["America/St_Johns", "2010-03-14T00:01:00", "none"],
    ["America/St_Johns", "2010-03-14T01:01:00", "2010-03-14T03:31:00.000Z"],
    // Manitoba stays on summer time from November 2026 on, and so do the Northwest Territories (IANA 2026e and later).
    ["America/Winnipeg", "2026-11-15T12:00:00", "2026-11-15T17:00:00.000Z"],
    ["America/Inuvik", "2026-11-15T12:00:00", "2026-11-15T18:00:00.000Z"],
    ["Europe/Volgograd", "2020-12-27T12:00:00", "2020-12-27T09:00:00.000Z"],
    ["Asia/Amman", "2022-12-01T12:00:00", "2022-12-01T09:00:00.000Z"],
    ["Asia/Almaty", "2024-03-01T12:00:00", "2024-03-01T07:00:00.000Z"],
    ["Pacific/Apia", "2011-12-30T12:00:00", "none"],
    ["America/Mexico_City", "2023-07-01T12:00:00", "2023-07-01T18:00:00.000Z"],
  ])("%s %s is %s", (zone, local, instant) => {
    expect(resolved(zone, local)).toBe(instant);
  });

  test("the release of the data is known", () => {
    expect(ZONE_DATA_RELEASE).toMatch(/^20[2-9]\d[a-z]$/u);
    expect(ZONE_DATA_RELEASE >= "2026e").toBe(true);
  });
});

test.each([
  ["w. europe standard time", "Europe/Berlin"],
  ["Eastern Standard Time", "America/New_York"],
  ["asia/kolkata", "Asia/Kolkata"],
  ["Etc/UTC", "UTC"],
])("%s is called %s", (name, canonical) => {
  expect(new Zone(name).name).toBe(canonical);
});

test("after the end of the shipped data clocks stand as the runtime says", () => {
  expect(resolved("Europe/Berlin", "2045-07-01T00:00:00")).toBe("2045-06-30T22:00:00.000Z");
  expect(resolved("Europe/Berlin", "2037-01-01T00:30:00")).toBe("2036-12-31T23:30:00.000Z");
});
