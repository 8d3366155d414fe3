import { useMemo } from "react";
import type { RefusalData } from "../../shared/base/errors.ts";
import type { Chosen } from "../../shared/contract/chosen.ts";
import type { FileKind } from "../../shared/contract/desktop.ts";
import { counted } from "../text/format.ts";
import { ask, desktop } from "./client.ts";
import { choose } from "./import-queue.ts";
import { draftOf, keepPolicyDraft } from "./policy-draft.ts";
import { refusalOf } from "./refusal.ts";
import { type Session, useSession } from "./session.tsx";
import { withImports, withOverlay } from "./state.ts";

/** What menu, palette, keys and buttons do with a case: the same verbs, each said at the foot of the window if it is refused. */
export interface CaseActs {
  create(): void;
  open(): void;
  sample(): void;
  close(): void;
  importLogs(): void;
  importRegistry(): void;
  importPolicy(): void;
  importClaims(): void;
  takeReview(): void;
}

/** `refuse`: where on this screen an error is shown; absent: above the status bar. */
export function useCaseActs(refuse?: (error: RefusalData | undefined) => void): CaseActs {
  const session = useSession();
  return useMemo(() => caseActs(session, refuse), [session, refuse]);
}

function caseActs(session: Session, refuse?: (error: RefusalData | undefined) => void): CaseActs {
  const said = (act: () => Promise<unknown>) => () => {
    refuse?.(undefined);
    act().catch((error: unknown) => {
      const refused = refusalOf(error);
      if (refused.code === "cancelled") return;
      if (refuse) refuse(refused);
      else session.say("", { error: refused });
    });
  };
  const chosen = async (kind: FileKind, many: boolean): Promise<Chosen[]> =>
    (await desktop("chooseFiles", { kind, many })).files;
  return {
    create: () => session.go({ screen: "start", of: "new" }),
    open: said(() => desktop("openCase", {})),
    sample: said(async () => {
      await session.work("Making the sample", undefined, (hooks) => desktop("trySample", {}, hooks));
      await session.refresh();
      // one that was just made opened without a call in it; whoever went elsewhere meanwhile stays there
      const { here, past } = session.store.get().history;
      if (here.screen === "sources" && past.length === 0) session.go({ screen: "explore" });
    }),
    close: said(() => desktop("closeCase", {})),
    importLogs: said(async () => {
      const files = await chosen("logs", true);
      if (files.length === 0) return;
      session.store.update((state) => withImports(state, (queue) => choose(queue, files)));
      session.go({ screen: "import" });
    }),
    importRegistry: said(async () => {
      const files = await chosen("registry", true);
      if (files.length === 0) return;
      const preview = await ask("registryPreview", { files });
      session.store.update((state) => withOverlay(state, { kind: "registry", files, preview }));
    }),
    importPolicy: said(async () => {
      const [file] = await chosen("policy", false);
      if (file === undefined) return;
      const { name, document, policy } = await ask("policyRead", { file });
      const folder = session.store.get().info?.case ?? "";
      keepPolicyDraft(folder, { draft: draftOf(policy), file: { name, document } });
      session.go({ screen: "policy", of: policy.rules[0]?.id });
      session.say(`${name} is open as a draft: nothing is set yet.`);
    }),
    takeReview: said(async () => {
      const [file] = await chosen("review", false);
      if (file === undefined) return;
      const report = await ask("reviewFile", { file });
      session.store.update((state) => withOverlay(state, { kind: "review", file, report }));
    }),
    importClaims: said(async () => {
      const [file] = await chosen("claims", false);
      if (file === undefined) return;
      const { claims } = await session.act("claims", { file });
      session.say(`${counted(claims.length, "claim")} held against the record.`);
    }),
  };
}
