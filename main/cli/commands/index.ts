import type { Command } from "../kit/command.ts";
import { bundle } from "./bundle.ts";
import { claims } from "./claims.ts";
import { create } from "./create.ts";
import { custody } from "./custody.ts";
import { demo } from "./demo.ts";
import { detect } from "./detect.ts";
import { finding } from "./finding.ts";
import { findings } from "./findings.ts";
import { importLogs } from "./import.ts";
import { info } from "./info.ts";
import { people } from "./people.ts";
import { policy } from "./policy.ts";
import { query } from "./query.ts";
import { registry } from "./registry.ts";
import { remap } from "./remap.ts";
import { sample } from "./sample.ts";
import { sources } from "./sources.ts";
import { tag, undo } from "./tag.ts";
import { verify } from "./verify.ts";
import { withdraw } from "./withdraw.ts";

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
