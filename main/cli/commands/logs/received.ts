import { Refusal } from "../../../../shared/base/errors.ts";
import { given } from "../../../../shared/base/given.ts";
import type { Acquisition } from "../../../../shared/model/source.ts";
import { changeCase } from "../../kit/ask-case.ts";
import { type Args, AS, type Command } from "../../kit/command.ts";
import { inert } from "../../kit/output.ts";
import { sourceNumber } from "./withdraw.ts";

export const received: Command = {
  name: "received",
  summary: "Says how a source's file came: from whom, when, by which medium and method, under which digest and seal",
  takes: ["CASE", "SOURCE"],
  options: {
    from: { value: "WHO", meaning: "who handed it over" },
    on: { value: "T", meaning: "when it was received: a day, or a time with its zone (without one UTC)" },
    medium: { value: "M", meaning: "on what it came, such as `encrypted disk`" },
    method: { value: "M", meaning: "how it was made or taken, such as `vendor export`" },
    digest: { value: "SHA256", meaning: "the digest that the producer states; it is compared with the file's" },
    seal: { value: "NO", meaning: "the number of the seal that it came under" },
    note: { value: "TEXT", meaning: "what else is to be said of it" },
    ...AS,
  },
  async run(args, out) {
    const input = {
      source: sourceNumber(args, 1),
      from: needed(args, "from", "WHO"),
      on: needed(args, "on", "T"),
      medium: needed(args, "medium", "M"),
      method: needed(args, "method", "M"),
      ...given({ digest: args.value("digest"), seal: args.value("seal"), note: args.value("note") }),
      ...args.by,
    };
    return changeCase(args.at(0), out, async (ask) => {
      const acquisition = await ask("received", input);
      if (out.isJson) out.json(acquisition);
      else out.line(inert(`source ${input.source}: ${acquisitionLine(acquisition)}`));
      return 0;
    });
  },
};

function needed(args: Args, name: string, value: string): string {
  const said = args.value(name);
  if (said === undefined)
    throw new Refusal("usage", `\`exhibit received\` needs --${name} ${value}`, "say how the file came");
  return said;
}

/** In one line, and what became of the producer's digest. */
export function acquisitionLine({ from, on, medium, method, digest, digest_matches, seal, note }: Acquisition): string {
  return [
    `received ${on} from ${from}, ${medium}, ${method}`,
    ...(digest === undefined
      ? []
      : [digest_matches ? "the digest stated matches" : `the digest stated, ${digest}, is not the file's`]),
    ...(seal === undefined ? [] : [`seal ${seal}`]),
    ...(note === undefined ? [] : [note]),
  ].join("; ");
}
