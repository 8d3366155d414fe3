import { DAY, HOUR, MINUTE, type Micros, SECOND } from "./time.ts";

/** [from, to) in µs UTC. */
export interface Period {
  readonly from: Micros;
  readonly to: Micros;
}

/** Why a text is no time, as sentence parts. */
export interface NoTime {
  readonly what: string;
  readonly todo: string;
}

const FORM =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[Tt ](\d{2})(?::(\d{2})(?::(\d{2})(?:[.,](\d+))?)?)?([Zz]|[+-]\d{2}(?::?\d{2})?)?)?)?)?$/;

const MONTHS = "January February March April May June July August September October November December".split(" ");

/** A time of the filter language (FORMATS): a year, month, day, hour, minute or second is all of it, a fraction is that instant. */
export function periodOf(text: string): Period | NoTime {
  const found = FORM.exec(text);
  if (!found)
    return {
      what: "is not a time",
      todo: "write it as 2018, 2018-04, 2018-04-04, 2018-04-04T10:30 or 2018-04-04T10:30:15Z",
    };
  const [, year, month, day, hour, minute, second, fraction, zone] = found;
  const y = Number(year);
  const m = Number(month ?? 1);
  if (m < 1 || m > 12) return { what: `has no month: ${month}`, todo: "months are 01 to 12" };
  if (month === undefined) return { from: midnight(y, 1, 1), to: midnight(y + 1, 1, 1) };
  if (day === undefined) return { from: midnight(y, m, 1), to: midnight(y, m + 1, 1) };
  const d = Number(day);
  const days = (midnight(y, m + 1, 1) - midnight(y, m, 1)) / DAY;
  if (d < 1 || d > days)
    return { what: `is no day: ${MONTHS[m - 1]} ${year} has ${days}`, todo: `days are 01 to ${days}` };
  const start = midnight(y, m, d);
  if (hour === undefined) return { from: start, to: start + DAY };
  if (Number(hour) > 23) return { what: `has no hour: ${hour}`, todo: "hours are 00 to 23" };
  if (Number(minute ?? 0) > 59) return { what: `has no minute: ${minute}`, todo: "minutes are 00 to 59" };
  if (Number(second ?? 0) > 59) return { what: `has no second: ${second}`, todo: "seconds are 00 to 59" };
  const offset = offsetOf(zone);
  if (offset === undefined) return { what: `has no such offset: ${zone}`, todo: "write Z or an offset such as +02:00" };
  const micros = Number((fraction ?? "").slice(0, 6).padEnd(6, "0"));
  const from =
    start + Number(hour) * HOUR + Number(minute ?? 0) * MINUTE + Number(second ?? 0) * SECOND + micros - offset;
  if (fraction !== undefined) return { from, to: from + 1 };
  return { from, to: from + (minute === undefined ? HOUR : second === undefined ? MINUTE : SECOND) };
}

/** 00:00 UTC in µs; month 13 is January of the next year. `Date.UTC` would take the years 0 to 99 for 1900 to 1999. */
function midnight(year: number, month: number, day: number): Micros {
  return new Date(0).setUTCFullYear(year, month - 1, day) * 1000;
}

function offsetOf(zone: string | undefined): Micros | undefined {
  if (zone === undefined || zone === "Z" || zone === "z") return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(":", ""));
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith("-") ? -1 : 1) * (hours * HOUR + minutes * MINUTE);
}
