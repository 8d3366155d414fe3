import type { Command } from "../kit/command.ts";
import { claims } from "./answers/claims.ts";
import { clocks } from "./answers/clocks.ts";
import { curve } from "./answers/curve.ts";
import { finding } from "./answers/finding.ts";
import { findings } from "./answers/findings.ts";
import { policy } from "./answers/policy.ts";
import { registry } from "./answers/registry.ts";
import { remedy } from "./answers/remedy.ts";
import { sensitivity } from "./answers/sensitivity.ts";
import { create } from "./case/create.ts";
import { custody } from "./case/custody.ts";
import { demo } from "./case/demo.ts";
import { info } from "./case/info.ts";
import { sample } from "./case/sample.ts";
import { detect } from "./logs/detect.ts";
import { importLogs } from "./logs/import.ts";
import { received } from "./logs/received.ts";
import { remap } from "./logs/remap.ts";
import { sources } from "./logs/sources.ts";
import { withdraw } from "./logs/withdraw.ts";
import { bundle } from "./proof/bundle.ts";
import { changes } from "./proof/changes.ts";
import { review } from "./proof/review.ts";
import { signer } from "./proof/signer.ts";
import { verify } from "./proof/verify.ts";
import { people } from "./questions/people.ts";
import { query } from "./questions/query.ts";
import { stack } from "./questions/stack.ts";
import { tag, undo } from "./questions/tag.ts";

/** Every command, in the order of the work. */
export const COMMANDS: readonly Command[] = [
  create,
  info,
  signer,
  importLogs,
  detect,
  sources,
  received,
  withdraw,
  remap,
  registry,
  query,
  stack,
  tag,
  undo,
  policy,
  findings,
  finding,
  claims,
  clocks,
  sensitivity,
  curve,
  people,
  remedy,
  changes,
  bundle,
  verify,
  review,
  custody,
  sample,
  demo,
];
