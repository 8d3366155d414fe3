import path from "node:path";
import { ERRORS, Refusal } from "../../../../shared/base/errors.ts";
import { figure } from "../../../../shared/base/figure.ts";
import { given } from "../../../../shared/base/given.ts";
import type { Input } from "../../../../shared/contract/contract.ts";
import type { ImportReply } from "../../../../shared/contract/sources.ts";
import { isMostlyRejected } from "../../../../shared/model/ledger.ts";
import { namedFile, type SourceReport } from "../../../../shared/model/source.ts";
import { readText } from "../../../platform/small-file.ts";
import { type JsonFault, parseUserJson } from "../../../platform/user-json.ts";
import { AS, type Command } from "../../kit/command.ts";
import { inert, type Output } from "../../kit/output.ts";
import { withCaseThread } from "../../kit/with-case-thread.ts";

export const importLogs: Command = {
  name: "import",
  summary: "Reads log exports, archives or whole folders into the case, every line accounted for",
  takes: ["CASE", "FILE…"],
  options: {
    format: { value: "F", meaning: "take the files as this format instead of looking at them" },
    mapping: { value: "M.json", meaning: "where each field of an event stands in these files" },
    timezone: { value: "Z", meaning: "the zone of times that carry none, such as Europe/Berlin or +02:00" },
    resume: { meaning: "finish an import that was broken off; also imports what was never begun" },
    "by-reference": { meaning: "leave the originals where they are: hashed and watched, not copied into the case" },
    strict: { meaning: "exit 1 if any record was rejected" },
    ...AS,
  },
  async run(args, out) {
    const mapping = args.value("mapping");
    const input = {
      files: args.from(1).map((file) => path.resolve(file)),
      ...(args.has("resume") ? { resume: true } : {}),
      ...(args.has("by-reference") ? { by_reference: true } : {}),
      ...given({ format: args.value("format"), timezone: args.value("timezone") }),
      ...(mapping === undefined ? {} : { mapping: readMapping(mapping) }),
      ...args.by,
    };
    return withCaseThread(args.at(0), out, async (ask) => {
      const { demandRoom } = await import("../../kit/disk-room.ts");
      await demandRoom(args.at(0), reckoned(input), ask, out);
      const reply = await ask("import", input);
      const { sources } = await ask("sources", {});
      show(reply, new Set(sources.flatMap(({ source, withdrawn }) => (withdrawn ? [source] : []))), out);
      for (const failure of reply.failures) out.refuse(failure.what, failure.todo);
      for (const { file, member, why, refused } of reply.left_out)
        if (!refused && reply.sources.length > 0) out.note(`${namedFile({ file, member })} left out: ${why}`);
      const poor = reply.sources.filter(isMostlyRejected);
      for (const source of poor) out.refuse(...rejectedWords(source));
      const first = reply.failures[0];
      if (first) return ERRORS[first.code].exit;
      if (poor.length > 0) return 1;
      // What is in the case already was answered for when it came in.
      const fresh = reply.sources.filter((source) => source.duplicate_of === undefined);
      return args.has("strict") && fresh.some((source) => source.rejected > 0) ? 1 : 0;
    });
  },
};

/** What of an import's input its size depends on. */
const reckoned = ({ resume: _, by: _by, ...input }: Input<"import">): Input<"estimate"> => input;

/** @throws Refusal `mapping-wrong` where it is not JSON; what it says is checked with the files */
export function readMapping(file: string): unknown {
  try {
    return parseUserJson(readText(file).toString("utf8"));
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(
      "mapping-wrong",
      `${path.basename(file)} ${(error as JsonFault).message}`,
      "correct it and import again; nothing was imported",
    );
  }
}

function show(reply: ImportReply, withdrawn: ReadonlySet<number>, out: Output): void {
  if (out.isJson) {
    out.json({ sources: reply.sources, ...(reply.left_out.length > 0 ? { left_out: reply.left_out } : {}) });
    return;
  }
  for (const source of reply.sources) for (const line of lines(source, withdrawn)) out.line(line);
  for (const { file, note } of reply.notes) out.line(inert(`${file}: ${note}`));
}

function rejectedWords(source: SourceReport): [what: string, todo: string] {
  const [first] = source.rejects;
  const why = first ? `; the first: line ${figure(first.line)}, ${first.reason}` : "";
  return [
    `More of ${namedFile(source)} was rejected than read (${figure(source.rejected)} records in ${figure(source.line_ledger.rejected)} lines rejected, ${figure(source.events)} events in ${figure(source.line_ledger.events)} lines read${why})`,
    "see why with --json or in the window, and read it again with `exhibit remap CASE SOURCE --mapping M.json` if it is another format",
  ];
}

function* lines(source: SourceReport, withdrawn: ReadonlySet<number>): Generator<string> {
  const name = inert(namedFile(source));
  if (source.duplicate_of !== undefined) {
    const out = withdrawn.has(source.duplicate_of)
      ? `, withdrawn: \`exhibit withdraw CASE ${source.duplicate_of} --restore\` counts it again`
      : "";
    yield `${name}: already in the case as source ${source.duplicate_of}${out}; nothing was changed`;
    return;
  }
  const { events, rejected, skipped } = source.line_ledger;
  const zone = {
    timestamps: "from the timestamps",
    mapping: "from the mapping",
    option: "as given",
    assumed: "assumed",
  }[source.timezone_from];
  yield `${source.source} ${name}: ${source.format}, ${source.encoding}, times ${inert(source.timezone)} ${zone}, sha256 ${source.sha256}`;
  yield `  ${figure(source.lines)} lines = ${figure(events)} events + ${figure(rejected)} rejected + ${figure(skipped)} skipped; ${figure(source.events)} events${source.duplicates > 0 ? `, ${figure(source.duplicates)} of them duplicates` : ""}`;
  if (source.impossible_numbers !== undefined)
    yield `  ${figure(source.impossible_numbers)} numbers below zero (counts, bytes, durations) taken as absent`;
  if (source.no_values !== undefined)
    yield `  ${figure(source.no_values)} words for no value (NULL, N/A and the like) taken as absent`;
  if (source.unread !== undefined) yield inert(`  ${source.unread}`);
  for (const reject of source.rejects.slice(0, 5))
    yield inert(`  line ${figure(reject.line)} rejected: ${reject.reason}`);
  if (source.rejected > 5) yield `  and ${figure(source.rejected - 5)} more rejected`;
}
