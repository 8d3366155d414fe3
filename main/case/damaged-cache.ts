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
  const isOwn = !caseFile.readOnly && !caseFile.db.readonly;
  if (isOwn && caseFile.db.inTransaction) {
    append(caseFile, file);
    return true;
  }
  try {
    if (isOwn) {
      caseFile.db.transaction(() => append(caseFile, file)).immediate();
      return true;
    }
    // Whoever only asks has no lock. It is had for this one act, unless another has it.
    const writable = openCase(caseFile.folder, "write");
    try {
      if (!writable.readOnly) writable.db.transaction(() => append(writable, file)).immediate();
      return !writable.readOnly;
    } finally {
      writable.close();
    }
  } catch {
    // Another thread's transaction, a statement under way, a medium that cannot be written.
    return false;
  }
}

const append = (caseFile: Case, file: string): void => record(caseFile, ACT, { file, reason: "damaged" });
