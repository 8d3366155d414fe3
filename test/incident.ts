import fs from "node:fs";
import path from "node:path";
import type { Engine } from "../main/engine/engine.ts";
import type { ClocksReport } from "../shared/model/accountability/due-clock.ts";
import type { Remedy } from "../shared/model/accountability/remedy.ts";
import type { Sensitivity } from "../shared/model/accountability/sensitivity.ts";
import { sampleCase } from "./sampled.ts";
import { temporaryFolder } from "./temporary.ts";

export interface Truth {
  findings: object;
  claims: { claims: { id: string; verdict: string; measured?: object }[] };
  remedy: Remedy;
  clocks: ClocksReport;
  sensitivity: Sensitivity;
  people: { filter: string; people: object }[];
  subjects: { filter: string; subject: string }[];
  counts: { filter: string; count: number }[];
  sources: { file: string; sha256: string; ambiguous_times?: number }[];
}

export interface Incident {
  readonly folder: string;
  readonly engine: Engine;
  readonly truth: Truth;
}

/** The sample incident as a case, beside what is known of it from making it up. */
export async function openIncident(rows: number, seed: number): Promise<Incident> {
  const folder = path.join(temporaryFolder(), "incident");
  const engine = await sampleCase(folder, rows, seed);
  return { folder, engine, truth: JSON.parse(fs.readFileSync(path.join(folder, "truth.json"), "utf8")) as Truth };
}
