/** How many powers of ten lie between a unit of duration and milliseconds. */
export const durationUnit = (parse: string): number | undefined => UNITS[parse];

/** Powers of ten from a unit to milliseconds. */
const UNITS: Readonly<Record<string, number>> = { s: 3, ms: 0, us: -3, ns: -6 };
