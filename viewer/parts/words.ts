import { figure } from "../../shared/base/figure.ts";
import { isoOf } from "../../shared/base/time.ts";

/** `1 call`, `48,213 calls`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${figure(count)} ${count === 1 ? one : many}`;

/** A time without its zone, for columns whose heading names it. */
export const clock = (time: number | string): string =>
  (typeof time === "number" ? isoOf(time) : time).replace("T", " ").replace(/Z$/u, "");

export const utc = (time: number | string): string => {
  const text = clock(time);
  return text.length > 10 ? `${text} UTC` : text;
};
