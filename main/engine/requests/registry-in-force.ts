import type { Reply } from "../../../shared/contract/contract.ts";
import type { Case } from "../../case/case.ts";
import { floatIds } from "../../registry/float-ids.ts";
import { countRegistry } from "../../registry/rows.ts";

/** What the registry holds now, and the files it came from, in the order they came. */
export function registryInForce(caseFile: Case): Reply<"registryInForce"> {
  const counts = countRegistry(caseFile.db);
  const files = caseFile.db.prepare("select name, kind, rows, at from registry_file order by id").all();
  return { counts, files: files as Reply<"registryInForce">["files"], not_joined: floatIds(caseFile.db) };
}
