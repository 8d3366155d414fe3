import type { Reply } from "../../../shared/contract/contract.ts";
import type { RegistryImport } from "../../../shared/model/registry.ts";
import type { Case } from "../../case/case.ts";
import { countRegistry } from "../../registry/rows.ts";
import { notJoined } from "../../registry/spellings/not-joined.ts";

/** What the registry holds now, and the files it came from, in the order they came. */
export function registryInForce(caseFile: Case): Reply<"registryInForce"> {
  const counts = countRegistry(caseFile.db);
  const files = caseFile.db
    .prepare("select id as n, name, kind, rows, at, taken_back from registry_file order by id")
    .all() as (RegistryImport & { taken_back: string | null })[];
  return {
    counts,
    files: files.map(({ taken_back, ...file }) => (taken_back === null ? file : { ...file, taken_back })),
    not_joined: notJoined(caseFile.db),
  };
}
