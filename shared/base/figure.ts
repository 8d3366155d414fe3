/** A whole number as people read it, `2,000,000`: the same on every machine, and without the tables that a locale's own way loads. */
export function figure(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(?:\d{3})+$)/gu, ",");
}
