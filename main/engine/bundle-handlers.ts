import { given } from "../../shared/base/given.ts";
import type { BUNDLE_REQUESTS } from "../../shared/contract/bundle.ts";
import { demandWritable } from "../case/case.ts";
import { tellUnsound } from "../case/unsealed-bundles.ts";
import type { HandlersOf } from "./handlers.ts";

export const BUNDLE_HANDLERS: HandlersOf<typeof BUNDLE_REQUESTS> = {
  bundle: async (session, input, hooks) => {
    const [{ actsBeside }, { writeBundle }] = await Promise.all([
      import("../bundle/verify/case/acts-beside.ts"),
      import("../bundle/write-bundle.ts"),
    ]);
    const acts = actsBeside(session.caseFile);
    let isLookedAt = false;
    const demand = () => {
      isLookedAt = true;
      return acts.demand();
    };
    try {
      return await writeBundle(session.inquiry, given(input), hooks, { demandRows: demand });
    } catch (error) {
      // What a damaged case keeps from being prepared is that it is damaged.
      if (!isLookedAt) await acts.demand();
      throw error;
    } finally {
      await acts.close();
    }
  },
  bundleUnsound: ({ caseFile }, { name, by }) => {
    demandWritable(caseFile);
    tellUnsound(caseFile, name, by);
    return {};
  },
  reviewFile: async (session, { file, signer }) => {
    const [{ handedOver }, { compareReview, reviewReport }] = await Promise.all([
      import("./requests/taken-review.ts"),
      import("../bundle/review/compare-review.ts"),
    ]);
    const review = await handedOver(session, file, signer);
    return reviewReport(review, compareReview(session.inquiry, review));
  },
  takeReview: async (session, { file, signer, ...options }) => {
    const [{ handedOver }, { takeReview }, { pickedEvents }] = await Promise.all([
      import("./requests/taken-review.ts"),
      import("../bundle/review/take-review.ts"),
      import("./requests/picked-events.ts"),
    ]);
    const review = await handedOver(session, file, signer);
    const taken = takeReview(session.inquiry, review, {
      ...given(options),
      chosen: (ids, filter) => ({ filter: pickedEvents(session, { filter, events: [...ids] }).filter, ids }),
    });
    session.inquiry.forgetDecisions();
    session.forgetSelections();
    return taken;
  },
  bundleChoice: async ({ inquiry }, input) => {
    const { bundleChoice } = await import("./requests/bundle-preview.ts");
    return bundleChoice(inquiry, input);
  },
};
