import fs from "node:fs";
import path from "node:path";
import { policy as samplePolicy } from "../../main/sample/files/documents.ts";
import type { Cast } from "../../main/sample/incident/cast.ts";
import { registryFiles } from "../../main/sample/incident/registry.ts";
import type { Policy } from "../../shared/model/policy.ts";

export const policyOf = (cast: Cast): Policy => samplePolicy(cast) as unknown as Policy;

/**
 * Makes a case of a log of the sample incident's calls, with its registry and its policy.
 * @param run runs the program with these arguments
 * @returns where the registry's files lie
 */
export function newSampleCase(
  target: string,
  { work, csv, cast }: { readonly work: string; readonly csv: string; readonly cast: Cast },
  run: (...args: string[]) => void,
): string {
  const registry = path.join(work, "registry");
  fs.mkdirSync(registry);
  const files = Object.entries(registryFiles(cast)).map(([name, table]) => {
    const file = path.join(registry, name);
    fs.writeFileSync(file, table);
    return file;
  });
  const policy = path.join(work, "policy.json");
  fs.writeFileSync(policy, JSON.stringify(policyOf(cast)));
  run("create", target, "--title", "Bench", "--examiner", "Bench");
  run("import", target, csv, "--json");
  run("registry", target, ...files, "--json");
  run("policy", target, policy, "--json");
  return registry;
}
