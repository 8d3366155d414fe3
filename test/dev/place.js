import path from "node:path";

/** Where the app is built for development: never `dist`, which alone is packaged. */
export const OUT = path.join(import.meta.dirname, "../../node_modules/.dev");
/** Written after each build of the page. */
export const STAMP = path.join(OUT, "built");
