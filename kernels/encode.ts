/** What the encoding thread of an import has done a column at a time: main/intake/encode/dictionary/kernel.ts calls it. */

export { begin, direct, hexIds, numbers, scratchOf, takeNoValues, whole } from "./columns";
export { add, clear, dictionary, forget, keys } from "./dictionary";
export { allocate, release } from "./memory";
export { routes } from "./routes";
