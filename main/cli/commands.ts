import type { Command } from "./command.ts";
import { bundle } from "./commands/bundle.ts";
import { claims } from "./commands/claims.ts";
import { create } from "./commands/create.ts";
import { custody } from "./commands/custody.ts";
import { demo } from "./commands/demo.ts";
import { detect } from "./commands/detect.ts";
import { finding } from "./commands/finding.ts";
import { findings } from "./commands/findings.ts";
import { importLogs } from "./commands/import.ts";
import { info } from "./commands/info.ts";
import { people } from "./commands/people.ts";
import { policy } from "./commands/policy.ts";
import { query } from "./commands/query.ts";
import { registry } from "./commands/registry.ts";
import { remap } from "./commands/remap.ts";
import { sample } from "./commands/sample.ts";
import { sources } from "./commands/sources.ts";
import { tag, undo } from "./commands/tag.ts";
import { verify } from "./commands/verify.ts";
import { withdraw } from "./commands/withdraw.ts";

/** Every command, in the order of the work. */
export const COMMANDS: readonly Command[] = [
  create,
  info,
  importLogs,
  detect,
  sources,
  withdraw,
  remap,
  registry,
  query,
  tag,
  undo,
  policy,
  findings,
  finding,
  claims,
  people,
  bundle,
  verify,
  custody,
  sample,
  demo,
];
