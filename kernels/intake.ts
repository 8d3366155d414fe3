/** What the threads of an import have done a column or a page at a time: main/intake/encode/dictionary/kernel.ts has it. */
export { begin, direct, hexIds, numbers, takeNoValues, whole } from "./columns";
export { add, clear, dictionary, forget, keys } from "./dictionary";
export { allocate, release } from "./memory";
export { routes } from "./routes";
export { leaf } from "./rows";
