import { DAY, HOUR, isoOf, MINUTE, type Micros, SECOND } from "../../../shared/base/time.ts";

/** As `isoOf` writes times, for many of them in about their order: the date is made once a day. */
export class IsoTexts {
  #day = Number.NaN;
  #date = "";

  of(time: Micros): string {
    const day = Math.floor(time / DAY);
    if (day !== this.#day) {
      this.#day = day;
      this.#date = isoOf(day * DAY).slice(0, -"00:00:00Z".length);
    }
    const rest = time - day * DAY;
    const hours = Math.floor(rest / HOUR);
    const minutes = Math.floor((rest % HOUR) / MINUTE);
    const seconds = Math.floor((rest % MINUTE) / SECOND);
    const fraction = rest % SECOND;
    const text = `${this.#date}${TWO[hours]}:${TWO[minutes]}:${TWO[seconds]}`;
    if (fraction === 0) return `${text}Z`;
    if (fraction % 1000 === 0) return `${text}.${THREE[fraction / 1000]}Z`;
    return `${text}.${padded(fraction, 6)}Z`;
  }
}

const padded = (value: number, digits: number): string => String(value).padStart(digits, "0");

const TWO = Array.from({ length: 60 }, (_, value) => padded(value, 2));
const THREE = Array.from({ length: 1000 }, (_, value) => padded(value, 3));
