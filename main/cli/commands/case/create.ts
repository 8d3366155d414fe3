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
    signer: { value: "KEY.pub", meaning: "the OpenSSH Ed25519 public key that its bundles will be signed with" },
    ...AS,
  },
  async run(args, out) {
    const examiner = args.value("examiner");
    if (examiner === undefined)
      throw new Refusal("examiner-missing", "A case needs an examiner", 'give --examiner "Name <mail>"');
    const [{ readSigner }, { createCase }, { Engine }] = await Promise.all([
      import("../../../bundle/signature/named-signer.ts"),
      import("../../../case/create.ts"),
      import("../../../engine/engine.ts"),
    ]);
    const file = args.value("signer");
    const signer = file === undefined ? {} : { signer: readSigner(file) };
    const caseFile = createCase(args.at(0), { title: args.value("title") ?? "", examiner, ...signer }, args.by.by);
    try {
      showInfo(await new Engine(caseFile).ask("info", {}), out);
      return 0;
    } finally {
      caseFile.close();
    }
  },
};
