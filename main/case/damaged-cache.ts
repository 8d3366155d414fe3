import { record } from "../custody/append.ts";
import { type Case, openCase } from "./case.ts";

/** The act by which custody says that a file of the cache was damaged and is made anew. */
const ACT = "cache made anew";

/**
 * Says in custody that a file of the cache was damaged and is made anew. False where nothing can be written: then the file
 * stays as it is, so that whoever can write finds it too, and the question is answered from the case itself.
 * @param file as it lies in the cache
 */
export function recordDamage(caseFile: Case, file: string): boolean {
  if (!caseFile.readOnly && !caseFile.db.readonly) {
    append(caseFile, file);
    return true;
  }
  // Whoever only asks has no lock. It is had for this one act, unless another has it.
  try {
    const writable = openCase(caseFile.folder, "write");
    try {
      if (writable.readOnly) return false;
      append(writable, file);
      return true;
    } finally {
      writable.close();
    }
  } catch {
    return false;
  }
}

function append(caseFile: Case, file: string): void {
  const act = () => record(caseFile, ACT, { file, reason: "damaged" });
  if (caseFile.db.inTransaction) act();
  else caseFile.db.transaction(act).immediate();
}
