import { figure } from "../../shared/base/figure.ts";
import type { Micros } from "../../shared/base/time.ts";
import type { People } from "../../shared/model/finding.ts";
import { peopleText } from "../../shared/model/people-text.ts";

const SIZES = ["bytes", "KB", "MB", "GB", "TB"] as const;

/** `1 call`, `48,213 calls`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${figure(value)} ${value === 1 ? one : many}`;
}

/** A time as requests give it (ISO 8601 UTC) or in µs: `2018-04-04 10:30:12.123 UTC`. */
export function instant(time: string | Micros): string {
  return `${clock(time)} UTC`;
}

/** The same without the zone, for columns whose heading names it. */
export function clock(time: string | Micros): string {
  const text = typeof time === "string" ? time : new Date(Math.floor(time / 1000)).toISOString();
  return text.replace("T", " ").replace(/Z$/, "");
}

/** `2018-04-04`. */
export function day(time: string | Micros): string {
  return clock(time).slice(0, 10);
}

/** `2019-11-05 14:02 UTC`. */
export function minute(time: string | Micros): string {
  return `${clock(time).slice(0, 16)} UTC`;
}

/** `214,906 people`, `at least 1 person`, `not logged`. */
export function peopleWords(value: People): string {
  if (value.basis === "not-logged") return "not logged";
  const last = value.basis === "between" ? value.at_most : value.value;
  return `${peopleText(value)} ${last === 1 ? "person" : "people"}`;
}

/** `38.2 MB`; whole bytes below a kilobyte, decimal units as file managers show them. */
export function size(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < SIZES.length - 1) {
    value /= 1000;
    unit++;
  }
  if (unit === 0) return counted(bytes, "byte");
  return `${value >= 100 ? figure(value) : value.toFixed(1)} ${SIZES[unit]}`;
}

/** `1 min 40 s`, `2 h 5 min`, `40 s`. */
export function span(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${figure(Math.floor(whole / 3600))} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** `62 %`, cut, so that it says 100 only at the end. */
export function percent(part: number, whole: number): string {
  return `${whole <= 0 ? 100 : Math.min(100, Math.floor((part / whole) * 100))} %`;
}

/** The first eight digits, for places where the whole hash is one click away. */
export function shortHash(sha256: string): string {
  return `${sha256.slice(0, 8)}..`;
}

/** The last name in a path of either kind. */
export function fileName(path: string): string {
  return (
    path
      .replace(/[/\\]+$/, "")
      .split(/[/\\]/)
      .at(-1) ?? path
  );
}

/** `R. Vale <vale@example.org>` without the address. */
export function personName(by: string): string {
  const name = by.replace(/\s*<[^>]*>\s*$/u, "");
  return name === "" ? by : name;
}
