import fc from "fast-check";
import { afterAll } from "vitest";
import { removeTemporary } from "./temporary.ts";

// The same cases in every run of `npm test`; EXHIBIT_SEED tries others, and a failure names the seed it was found with.
fc.configureGlobal({ seed: Number(process.env.EXHIBIT_SEED ?? 20_191_105) });

// Here, not where the folders are made: a worker keeps those modules for all its files.
afterAll(removeTemporary);
