import path from "node:path";
import type { Case } from "../../main/case/case.ts";
import { Engine } from "../../main/engine/engine.ts";
import { newCase } from "../fixture.ts";
import { temporaryFolder } from "../temporary.ts";
import { write } from "./bundle/fixture.ts";
import { imported } from "./intake/imported.ts";

/** A case of one log, with files beside it that its engine can be asked to take. */
export async function engineOf(
  log: readonly string[],
  files: Readonly<Record<string, string>>,
): Promise<{ readonly engine: Engine; readonly caseFile: Case; at(name: string): string }> {
  const folder = temporaryFolder();
  const caseFile = newCase();
  await imported(`${log.join("\n")}\n`, { caseFile });
  write(folder, files);
  return { engine: new Engine(caseFile), caseFile, at: (name) => path.join(folder, name) };
}
