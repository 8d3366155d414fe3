import fs from "node:fs";
import path from "node:path";
import { createCase } from "../main/case/create.ts";
import { Engine } from "../main/engine/engine.ts";
import { writeSample } from "../main/sample/write-sample.ts";

/** Writes the sample incident into a folder and imports it, in its order, with registry, policy and claims, into `case` there. */
export async function sampleCase(folder: string, rows: number, seed: number): Promise<Engine> {
  await writeSample(folder, { rows, seed });
  const there = (file: string) => path.join(folder, file);
  const read = (file: string) => JSON.parse(fs.readFileSync(there(file), "utf8")) as unknown;
  const { imports, registry, policy, claims } = read("incident.json") as {
    imports: { file: string; mapping?: string }[];
    registry: string[];
    policy: string;
    claims: string;
  };
  const engine = new Engine(
    createCase(path.join(folder, "case"), { title: "Groups API 2018", examiner: "R. Vale <vale@example.org>" }),
  );
  for (const { file, mapping } of imports) {
    const reply = await engine.ask("import", {
      files: [there(file)],
      ...(mapping === undefined ? {} : { mapping: read(mapping) }),
    });
    if (reply.failures.length > 0) throw new Error(JSON.stringify(reply.failures));
  }
  await engine.ask("registry", { files: registry.map(there) });
  await engine.ask("policy", { file: there(policy) });
  await engine.ask("claims", { file: there(claims) });
  return engine;
}
