import path from "node:path";
import type { ClaimResult } from "../../../../shared/model/finding.ts";
import { askCase, changeCase } from "../../kit/ask-case.ts";
import { AS, type Command } from "../../kit/command.ts";
import type { Output } from "../../kit/output.ts";

export const claims: Command = {
  name: "claims",
  summary: "Holds what was said in public against the record",
  takes: ["CASE", "[CLAIMS.json]"],
  options: { ...AS },
  async run(args, out) {
    const file = args.get(1);
    return (file === undefined ? askCase : changeCase)(args.at(0), out, async (ask) => {
      const reply = await ask("claims", {
        ...(file === undefined ? {} : { file: path.resolve(file) }),
        ...args.by,
      });
      if (out.isJson) out.json(reply);
      else showClaims(reply.claims, out);
      return 0;
    });
  },
};

export function showClaims(results: readonly ClaimResult[], out: Output): void {
  if (results.length === 0) out.line("No claims: import them with `exhibit claims CASE CLAIMS.json`.");
  else
    out.table(
      ["claim", "verdict", "why"],
      results.map((claim) => [claim.id, claim.verdict, claim.why]),
    );
}
