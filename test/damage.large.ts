import { test } from "vitest";
import { damageFiles } from "./damage.ts";

/** The promise is of a thousand bits and fifty pages; `EXHIBIT_DAMAGE` of another number does it in smaller pieces. */
const share = Number(process.env.EXHIBIT_DAMAGE ?? 1);
const seed = Number(process.env.EXHIBIT_SEED ?? 7);
const of = (times: number) => Math.ceil(times * share);

test("five hundred flipped bits, and pages zeroed, cut and swapped, in caches and evidence: as before, or refused", () =>
  damageFiles("files", 5000, of(500), of(13), seed));

test("five hundred flipped bits, and pages zeroed, cut and swapped, in case.db: as before, or refused", () =>
  damageFiles("database", 5000, of(500), of(13), seed));
