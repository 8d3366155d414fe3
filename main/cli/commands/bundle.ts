import path from "node:path";
import { Refusal } from "../../../shared/base/errors.ts";
import { figure } from "../../../shared/base/figure.ts";
import { AS, type Command } from "../kit/command.ts";
import { inert } from "../kit/output.ts";
import { stoppable, withCase } from "../kit/with-case.ts";

export const bundle: Command = {
  name: "bundle",
  summary: "Makes the evidence bundle: findings, the calls they rest on, original lines, custody, sealed",
  takes: ["CASE"],
  options: {
    out: { value: "FILE.zip", meaning: "where it goes" },
    filter: { value: "F", meaning: "also every event of this filter" },
    originals: { meaning: "also the source files as they were given" },
    key: { value: "KEYFILE", meaning: "sign with this OpenSSH Ed25519 key" },
    at: { value: "TIME", meaning: "the time that the bundle bears; without it now" },
    ...AS,
  },
  async run(args, out) {
    const [file, filter, key, at] = [args.value("out"), args.value("filter"), args.value("key"), args.value("at")];
    if (file === undefined)
      throw new Refusal("usage", "`exhibit bundle` needs --out FILE.zip", "say where the bundle should go");
    return withCase(args.at(0), "write", out, async (engine) => {
      const input = {
        out: path.resolve(file),
        ...(filter === undefined ? {} : { filter }),
        ...(key === undefined ? {} : { key: path.resolve(key) }),
        ...(at === undefined ? {} : { at }),
        ...(args.has("originals") ? { originals: true } : {}),
        ...args.by,
      };
      const reply = await stoppable((signal) =>
        engine.ask("bundle", input, { signal, progress: (progress) => out.progress(progress) }),
      );
      if (out.isJson) out.json(reply);
      else {
        out.line(
          `${figure(reply.events)} events, ${figure(reply.files)} files, ${figure(reply.bytes)} bytes, ${reply.signed ? "signed" : "unsigned"}`,
        );
        out.line(`tagmanifest sha256 ${reply.sha256}`);
        out.line(inert(reply.bundle));
      }
      return 0;
    });
  },
};
