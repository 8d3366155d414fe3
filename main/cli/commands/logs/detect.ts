import path from "node:path";
import { Refusal } from "../../../../shared/base/errors.ts";
import { figure } from "../../../../shared/base/figure.ts";
import type { PatternExample } from "../../../../shared/model/pattern-example.ts";
import type { LeftOut } from "../../../../shared/model/source.ts";
import { namedFile } from "../../../../shared/model/source.ts";
import type { DetectionReport } from "../../../intake/detect/detect.ts";
import type { Command } from "../../kit/command.ts";
import { inert } from "../../kit/output.ts";
import { readMapping } from "./import.ts";

export const detect: Command = {
  name: "detect",
  summary: "Says what files are, how sure, and previews them; imports nothing",
  takes: ["[FILE…]"],
  options: {
    formats: { meaning: "list the formats that Exhibit reads" },
    mapping: { value: "M.json", meaning: "try this mapping, and say what each of its patterns catches" },
  },
  async run(args, out) {
    if (args.has("formats")) {
      const { formatsList } = await import("../../../intake/detect/detect.ts");
      const formats = formatsList();
      if (out.isJson) out.json({ formats });
      else
        out.table(
          ["format", "what it is"],
          formats.map((format) => [format.name, format.title]),
        );
      return 0;
    }
    if (args.from(0).length === 0)
      throw new Refusal("usage", "`exhibit detect` needs FILE", "exhibit detect FILE… [--formats]");
    const named = args.value("mapping");
    const options = named === undefined ? {} : { mapping: readMapping(named) };
    const { detectEach } = await import("../../../intake/detect/detect-each.ts");
    const files: DetectionReport[] = [];
    const leftOut: LeftOut[] = [];
    let failed = false;
    for (const file of args.from(0)) {
      try {
        for await (const found of detectEach(path.resolve(file), options)) {
          if ("report" in found) files.push(found.report);
          else leftOut.push(found);
        }
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        out.refuse(error.what, error.todo);
        failed = true;
      }
    }
    for (const { file, member, why, refused = false } of leftOut) {
      const name = namedFile({ file, member });
      if (refused) out.refuse(`${name} cannot be read: ${why}`, "unpack or copy it by hand if it is a log");
      else out.note(`${name} left out: ${why}`);
      failed ||= refused;
    }
    // how sure the encoding is, FORMATS has no key for
    const shown = files.map(({ encoding_confidence: _, encoding_why: __, ...found }) => found);
    if (out.isJson) out.json({ files: shown, ...(leftOut.length > 0 ? { left_out: leftOut } : {}) });
    else
      for (const found of files) {
        out.line(
          inert(
            `${namedFile(found)}: ${found.format}, ${Math.round(found.confidence * 100)} % sure (${found.why}), ${found.encoding} (${Math.round(found.encoding_confidence * 100)} % sure: ${found.encoding_why}), times ${found.timezone}`,
          ),
        );
        out.table(["field", "from"], Object.entries(found.fields));
        for (const example of found.patterns ?? []) out.line(inert(`  ${caughtText(example)}`));
        for (const event of found.preview.slice(0, 5)) out.line(inert(`  ${JSON.stringify(event)}`));
      }
    return failed ? 2 : 0;
  },
};

/** `fields.resource.match caught 18 of 20: "7" of "/circles/7/members"; not of "/ping"` */
function caughtText({ at, of, caught, from, value, missed }: PatternExample): string {
  const quoted = (text: string | undefined) => JSON.stringify(text);
  if (of === 0) return `${at}: no record has a text for it`;
  const example = caught === 0 ? "" : `: ${quoted(value)} of ${quoted(from)}`;
  const other = missed === undefined ? "" : `${caught === 0 ? ": not" : "; nothing"} of ${quoted(missed)}`;
  return `${at} caught ${figure(caught)} of ${figure(of)}${example}${other}`;
}
