import path from "node:path";
import { Refusal } from "../../../../shared/base/errors.ts";
import { figure } from "../../../../shared/base/figure.ts";
import { given } from "../../../../shared/base/given.ts";
import { DISPOSITIONS, type Disposition } from "../../../../shared/model/finding.ts";
import { readText } from "../../../platform/small-file.ts";
import { changeCase } from "../../kit/ask-case.ts";
import { AS, type Command } from "../../kit/command.ts";
import { inert, type Output } from "../../kit/output.ts";
import { withCaseThread } from "../../kit/with-case-thread.ts";

export const bundle: Command = {
  name: "bundle",
  summary: "Makes the evidence bundle: findings, the calls they rest on, original lines, custody, sealed",
  takes: ["CASE"],
  options: {
    out: { value: "FILE.zip", meaning: "where it goes" },
    filter: { value: "F", meaning: "also every event of this filter" },
    findings: {
      value: "STATES",
      meaning:
        "only calls of findings in these states, such as confirmed,open (also dismissed, disputed); of the others their numbers alone",
    },
    developer: { value: "D", meaning: "only what is about this developer, by id or name: a dossier to send to it" },
    originals: { meaning: "also the source files as they were given" },
    compact: { meaning: "deflate what is in the zip: a fifth of the size, and slower to make and to check" },
    key: { value: "KEYFILE", meaning: "sign with this OpenSSH Ed25519 key" },
    for: { value: "RECIPIENT", meaning: "to whom it goes; it stands in its record, in custody and on the report" },
    matter: { value: "NUMBER", meaning: "the number of the matter" },
    reason: { value: "TEXT", meaning: "why it is made" },
    letterhead: { value: "FILE.txt", meaning: "lines above the report and the drafts, eight at most" },
    at: { value: "TIME", meaning: "the time that the bundle bears; without it now" },
    unchecked: { meaning: "do not end on `verify --recompute` of what was written" },
    ...AS,
  },
  async run(args, out) {
    const [file, filter, key, at] = [args.value("out"), args.value("filter"), args.value("key"), args.value("at")];
    const developer = args.value("developer");
    const findings = statesIn(args.value("findings"));
    const letterhead = args.value("letterhead");
    if (file === undefined)
      throw new Refusal("usage", "`exhibit bundle` needs --out FILE.zip", "say where the bundle should go");
    const input = {
      out: path.resolve(file),
      ...(filter === undefined ? {} : { filter }),
      ...given({ findings }),
      ...(developer === undefined ? {} : { developer }),
      ...(key === undefined ? {} : { key: path.resolve(key) }),
      ...(at === undefined ? {} : { at }),
      ...(args.has("originals") ? { originals: true } : {}),
      ...given({ for: args.value("for"), matter: args.value("matter"), reason: args.value("reason") }),
      ...given({ letterhead: letterhead === undefined ? undefined : readText(letterhead).toString("utf8") }),
      ...(args.has("compact") ? { compact: true } : {}),
      ...args.by,
    };
    const reply = await withCaseThread(args.at(0), out, (ask) => ask("bundle", input), {
      isLean: true,
    });
    const tellUnsound = () =>
      changeCase(args.at(0), out, (ask) => ask("bundleUnsound", { name: reply.name, ...args.by }));
    const checked = args.has("unchecked") ? undefined : await check(reply.bundle, out, tellUnsound);
    if (out.isJson) out.json(reply);
    else {
      out.line(
        `${figure(reply.events)} events, ${figure(reply.files)} files, ${figure(reply.bytes)} bytes, ${reply.signed ? "signed" : "unsigned"}`,
      );
      if (checked !== undefined) out.line(inert(`checked: ${checked}`));
      out.line(`tagmanifest sha256 ${reply.sha256}`);
      out.line(inert(reply.bundle));
    }
    return 0;
  },
};

/** @throws Refusal `usage` */
function statesIn(text: string | undefined): Disposition[] | undefined {
  if (text === undefined) return undefined;
  const words = text.split(",").map((word) => word.trim().toLowerCase());
  const wrong = words.find((word) => !DISPOSITIONS.some((state) => state === word));
  if (wrong !== undefined)
    throw new Refusal(
      "usage",
      `"${wrong.slice(0, 40)}" is no state of a finding`,
      `give --findings some of ${DISPOSITIONS.join(", ")}, with commas between`,
    );
  return words as Disposition[];
}

/** The case is closed by then: a check that is stopped leaves a whole bundle. @throws Refusal `bundle-unsound` */
async function check(bundle: string, out: Output, tellUnsound: () => Promise<unknown>): Promise<string> {
  out.progress({ what: "checking", done: 4, total: 4, unit: "files" });
  const [{ demandSound }, { askCaseless }] = await Promise.all([
    import("../../../bundle/verify/own-check.ts"),
    import("../../../engine/threads/remote-engine.ts"),
  ]);
  const verdict = await askCaseless("verify", { target: bundle, recompute: true });
  const signature = verdict.checks.find(({ check }) => check === "signature");
  if (signature?.code === "signature-not-named") out.note(`exhibit: the signature is ${signature.detail}`);
  try {
    return demandSound(bundle, verdict);
  } catch (error) {
    await tellUnsound();
    throw error;
  }
}
