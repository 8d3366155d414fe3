import { Refusal } from "../../../../shared/base/errors.ts";
import { AS, type Command } from "../../kit/command.ts";
import { showInfo } from "./info.ts";

export const create: Command = {
  name: "create",
  summary: "Makes a new case in a folder of its own",
  takes: ["CASE"],
  options: {
    title: { value: "T", meaning: "what the case is called; without it the folder's name" },
    examiner: { value: '"Name <mail>"', meaning: "who answers for it" },
    ...AS,
  },
  async run(args, out) {
    const examiner = args.value("examiner");
    if (examiner === undefined)
      throw new Refusal("examiner-missing", "A case needs an examiner", 'give --examiner "Name <mail>"');
    const [{ createCase }, { Engine }] = await Promise.all([
      import("../../../case/create.ts"),
      import("../../../engine/engine.ts"),
    ]);
    const caseFile = createCase(args.at(0), { title: args.value("title") ?? "", examiner }, args.by.by);
    try {
      showInfo(await new Engine(caseFile).ask("info", {}), out);
      return 0;
    } finally {
      caseFile.close();
    }
  },
};
