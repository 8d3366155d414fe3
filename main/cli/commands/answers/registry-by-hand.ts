import { Refusal } from "../../../../shared/base/errors.ts";
import { given } from "../../../../shared/base/given.ts";
import type { DeveloperJoin } from "../../../../shared/model/registry.ts";
import { askCase, changeCase } from "../../kit/ask-case.ts";
import type { Args } from "../../kit/command.ts";
import { inert, type Output } from "../../kit/output.ts";

/** What of `exhibit registry` takes no file: two developers joined, a conflict resolved, both taken back, and the list of conflicts. */
export function byHandOf(args: Args): ((out: Output) => Promise<number>) | undefined {
  const reason = args.value("reason") ?? "";
  const [join, key] = [args.value("join"), args.value("resolve")];
  const [separate, reopen] = [args.whole("separate", 1), args.whole("reopen", 1)];
  const asked = [join, key, separate, reopen, args.has("conflicts") || undefined].filter((each) => each !== undefined);
  if (asked.length === 0) {
    if (args.value("into") !== undefined) throw new Refusal("usage", "--into goes with --join", "give both");
    return undefined;
  }
  if (asked.length > 1 || args.from(1).length > 0)
    throw new Refusal("usage", "One thing at a time is done to the registry", "give each in a command of its own");
  if (args.has("conflicts")) return (out) => listConflicts(args, out);
  return (out) =>
    changeCase(args.at(0), out, async (ask) => {
      const say = (done: { n: number }, words: string) => (out.isJson ? out.json(done) : out.line(inert(words)));
      if (join !== undefined) {
        const into = args.value("into");
        if (into === undefined) throw new Refusal("usage", "--join goes with --into", "say for whom it counts");
        const done = await ask("joinDevelopers", { developer_id: join, into, reason, ...args.by });
        say(done, `join ${done.n}: ${join} counts for ${into}`);
      } else if (key !== undefined) {
        const use = args.whole("use", 0);
        const done = await ask("resolveConflict", { conflict: key, ...given({ use }), reason, ...args.by });
        say(done, `resolution ${done.n}: ${use === undefined ? "it stays as it is" : "a row is set aside"}`);
      } else if (separate !== undefined) {
        say(await ask("separateDevelopers", { n: separate, reason, ...args.by }), `join ${separate} is taken back`);
      } else if (reopen !== undefined)
        say(await ask("reopenConflict", { n: reopen, reason, ...args.by }), `resolution ${reopen} is taken back`);
      return 0;
    });
}

function listConflicts(args: Args, out: Output): Promise<number> {
  return askCase(args.at(0), out, async (ask) => {
    const { groups, resolved } = await ask("registryConflicts", {});
    if (out.isJson) {
      out.json({ conflicts: groups.flatMap(({ kind, told }) => told.map((each) => ({ kind, ...each }))), resolved });
      return 0;
    }
    for (const { kind, told } of groups) {
      out.line(`${kind}:`);
      for (const { key, text, rows = [] } of told) {
        out.line(inert(`  ${key.padEnd(12)}  ${text}`));
        if (rows.length > 1) for (const [index, row] of rows.entries()) out.line(inert(`    ${index + 1}  ${row}`));
      }
    }
    if (groups.length === 0) out.line("no open conflict");
    for (const { n, text, set_aside: aside, reason } of resolved)
      out.line(
        inert(`resolution ${n} (${aside === undefined ? "kept as it is" : `set aside: ${aside}`}): ${reason}: ${text}`),
      );
    return 0;
  });
}

export function showJoins(joins: readonly DeveloperJoin[], out: Output): void {
  if (joins.length > 0)
    out.table(
      ["join", "developer", "counts for", "at", "reason"],
      joins.map(({ n, developer_id, developer, into, into_name, at, reason }) => [
        String(n),
        developer === developer_id ? developer : `${developer} (${developer_id})`,
        into_name === into ? into : `${into_name} (${into})`,
        at,
        reason,
      ]),
    );
}
