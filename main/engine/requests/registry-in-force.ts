import type { Reply } from "../../../shared/contract/contract.ts";
import { REGISTRY_KINDS, type RegistryKind } from "../../../shared/model/registry.ts";
import type { Case } from "../../case/case.ts";

const TABLE: Record<RegistryKind, string> = {
  developers: "developer",
  apps: "app",
  grants: "grant_held",
  consents: "consent",
  resources: "resource",
};

/** What the registry holds now, and the files it came from, in the order they came. */
export function registryInForce(caseFile: Case): Reply<"registryInForce"> {
  const count = (kind: RegistryKind) =>
    caseFile.db.prepare(`select count(*) from ${TABLE[kind]}`).pluck().get() as number;
  const counts = Object.fromEntries(REGISTRY_KINDS.map((kind) => [kind, count(kind)])) as Record<RegistryKind, number>;
  const files = caseFile.db.prepare("select name, kind, rows, at from registry_file order by id").all();
  return { counts, files: files as Reply<"registryInForce">["files"] };
}
