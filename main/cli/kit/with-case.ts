import type { Case } from "../../case/case.ts";
import type { Engine } from "../../engine/engine.ts";
import type { Output } from "./output.ts";

/** Opens a case for one command and closes it however the command ends. A case that is open elsewhere says so. */
export async function withCase<T>(
  folder: string,
  mode: "read" | "write",
  out: Output,
  work: (engine: Engine, caseFile: Case) => Promise<T>,
): Promise<T> {
  const [{ openCase }, { clockBehind }, { Engine }] = await Promise.all([
    import("../../case/case.ts"),
    import("../../custody/clock-behind.ts"),
    import("../../engine/engine.ts"),
  ]);
  const caseFile = openCase(folder, mode);
  try {
    const behind = mode === "write" && !caseFile.readOnly ? clockBehind(caseFile) : undefined;
    if (behind !== undefined) out.note(`exhibit: ${behind}`);
    const done = await work(new Engine(caseFile), caseFile);
    // What was refused has said it, in one line.
    if (caseFile.readOnly && mode === "write")
      out.note(`exhibit: ${caseFile.folder} is read-only: ${caseFile.readOnlyBecause}`);
    return done;
  } finally {
    caseFile.close();
  }
}
