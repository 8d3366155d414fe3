import fs from "node:fs";
import fc from "fast-check";
import { afterAll } from "vitest";
import { removeTemporary } from "./temporary.ts";

// The same cases in every run of `npm test`; EXHIBIT_SEED tries others, and a failure names the seed it was found with.
fc.configureGlobal({ seed: Number(process.env.EXHIBIT_SEED ?? 20_191_105) });

// Here, not where the folders are made: a worker keeps those modules for all its files.
afterAll(removeTemporary);

// What a test writes need not outlive a power cut: waiting for the disk was most of the time of the small cases by chance. What
// the program does about power cuts is looked at in processes of its own (test/kill-at.mjs).
Object.assign(fs, { fsyncSync: () => undefined });
