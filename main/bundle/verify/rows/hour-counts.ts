import { HOUR, type Micros } from "../../../../shared/base/time.ts";
import type { HourCount } from "../extract/row-scan.ts";

/** How many events and duplicates each source and API has in each hour of the UTC clock. */
export class HourCounts {
  /** By `HOUR SOURCE API`: the hour from 1970, the API as JSON. */
  readonly all = new Map<string, HourCount>();
  /** Of the hour that a source is in, by API. */
  readonly #current = new Map<number, { readonly hour: number; readonly apis: Map<string | undefined, HourCount> }>();

  count(time: Micros, source: number, api: string | undefined, isDuplicate: boolean): void {
    const hour = Math.floor(time / HOUR);
    let current = this.#current.get(source);
    if (current?.hour !== hour) {
      current = { hour, apis: new Map() };
      this.#current.set(source, current);
    }
    let count = current.apis.get(api);
    if (!count) {
      const key = `${hour} ${source} ${api === undefined ? "null" : JSON.stringify(api)}`;
      count = this.all.get(key) ?? { events: 0, duplicates: 0 };
      this.all.set(key, count);
      current.apis.set(api, count);
    }
    count[isDuplicate ? "duplicates" : "events"] += 1;
  }
}
