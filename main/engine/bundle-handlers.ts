import { given } from "../../shared/base/given.ts";
import type { BUNDLE_REQUESTS } from "../../shared/contract/bundle.ts";
import { demandWritable } from "../case/case.ts";
import { tellUnsound } from "../case/unsealed-bundles.ts";
import type { HandlersOf } from "./handlers.ts";

export const BUNDLE_HANDLERS: HandlersOf<typeof BUNDLE_REQUESTS> = {
  bundle: async (session, input, hooks) => {
    const [{ demandAsActsLeft }, { writeBundle }] = await Promise.all([
      import("../bundle/verify/case/verify-case.ts"),
      import("../bundle/write-bundle.ts"),
    ]);
    demandAsActsLeft(session.caseFile);
    return writeBundle(session.inquiry, given(input), hooks);
  },
  bundleUnsound: ({ caseFile }, { name, by }) => {
    demandWritable(caseFile);
    tellUnsound(caseFile, name, by);
    return {};
  },
  bundleChoice: async ({ inquiry }, { filter, developer }) => {
    const { bundleChoice } = await import("./requests/bundle-preview.ts");
    return bundleChoice(inquiry, filter, developer);
  },
};
