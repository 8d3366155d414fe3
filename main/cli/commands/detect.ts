import path from "node:path";
import { Refusal } from "../../../shared/errors.ts";
import { detectFile, formatsList } from "../../intake/detect.ts";
import type { Command } from "../command.ts";
import { inert } from "../output.ts";

export const detect: Command = {
  name: "detect",
  summary: "Says what files are, how sure, and previews them; imports nothing",
  takes: ["[FILE…]"],
  options: { formats: { meaning: "list the formats that Exhibit reads" } },
  async run(args, out) {
    if (args.has("formats")) {
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
    const files = [];
    let failed = false;
    for (const file of args.from(0)) {
      try {
        files.push(await detectFile(path.resolve(file), {}));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        out.refuse(error.what, error.todo);
        failed = true;
      }
    }
    if (out.isJson) out.json({ files });
    else
      for (const found of files) {
        out.line(
          inert(
            `${found.file}: ${found.format}, ${Math.round(found.confidence * 100)} % sure (${found.why}), ${found.encoding} (${Math.round(found.encoding_confidence * 100)} % sure: ${found.encoding_why}), times ${found.timezone}`,
          ),
        );
        out.table(["field", "from"], Object.entries(found.fields));
        for (const event of found.preview.slice(0, 5)) out.line(inert(`  ${JSON.stringify(event)}`));
      }
    return failed ? 2 : 0;
  },
};
