import { useMemo, useState } from "react";
import type { RefusalData } from "../../../shared/base/errors.ts";
import type { Reply } from "../../../shared/contract/contract.ts";
import { ask, desktop } from "../../session/client.ts";
import {
  documentOf,
  draftOf,
  type KeptDraft,
  keepPolicyDraft,
  NO_POLICY,
  type PolicyDraft,
  type RuleDraft,
  usePolicyDraft,
  withNewRule,
  withoutRule,
  withRule,
} from "../../session/policy-draft.ts";
import { refusalOf } from "../../session/refusal.ts";
import { useSession, useShared } from "../../session/session.tsx";
import { fileName } from "../../text/format.ts";

export interface Draft {
  /** As it is written now. */
  readonly policy: PolicyDraft;
  /** As it is set; absent: none is. */
  readonly inForce: PolicyDraft | undefined;
  readonly isChanged: boolean;
  /** What a template or a filter gave, in words. */
  readonly took: string;
  readonly error: RefusalData | undefined;
  setTook(took: string): void;
  change(change: Partial<PolicyDraft>): void;
  changeRule(index: number, change: Partial<RuleDraft>): void;
  /** One more rule. @returns its id */
  add(rule: RuleDraft, asOf?: string): string;
  remove(index: number): void;
  discard(): void;
  /** @throws RefusalData */
  set(note: string): Promise<Reply<"policySet">>;
  exportJson(): Promise<void>;
  /** An earlier policy as a draft. */
  setAs(policies: Reply<"policies">["policies"] | undefined, n: number): PolicyDraft | undefined;
}

const NAME = "policy.json";

/** The policy as it is written: what was changed here, else what is set. */
export function useDraft(): Draft {
  const session = useSession();
  const folder = useShared((state) => state.info?.case ?? "");
  const set = useShared((state) => state.policy);
  const kept = usePolicyDraft();
  const [took, setTook] = useState("");
  const [error, setError] = useState<RefusalData>();
  const inForce = useMemo(() => set && draftOf(set), [set]);
  const policy = kept?.draft ?? inForce ?? NO_POLICY;
  const keep = (draft: KeptDraft | undefined) => keepPolicyDraft(folder, draft);
  const write = (draft: PolicyDraft) => {
    setError(undefined);
    // typed back to what is set: nothing is changed any more
    keep(inForce && documentOf(draft) === documentOf(inForce) ? undefined : { draft });
  };
  return {
    policy,
    inForce,
    isChanged: kept !== undefined,
    took,
    error,
    setTook,
    change: (change) => write({ ...policy, ...change }),
    changeRule: (index, change) => write(withRule(policy, index, change)),
    add(rule, asOf) {
      const next = withNewRule(policy, rule);
      write(asOf === undefined ? next : { ...next, as_of: asOf });
      return next.rules.at(-1)?.id ?? "";
    },
    remove: (index) => write(withoutRule(policy, index)),
    discard() {
      setTook("");
      setError(undefined);
      keep(undefined);
    },
    async set(note) {
      const file = kept?.file;
      const reply = await session.act("policySet", {
        document: file?.document ?? documentOf(policy),
        name: file?.name ?? NAME,
        ...(note.trim() === "" ? {} : { note: note.trim() }),
      });
      setTook("");
      keep(undefined);
      await session.refresh();
      return reply;
    },
    async exportJson() {
      setError(undefined);
      try {
        const { file } = await desktop("chooseSave", { name: NAME, title: "Export the policy" });
        if (file === undefined) return;
        const written = await ask("policyWrite", { document: documentOf(policy), file });
        session.say(`Wrote ${fileName(written.file)}.`);
      } catch (fault) {
        setError(refusalOf(fault));
      }
    },
    setAs: (policies, n) => {
      const found = policies?.find((each) => each.n === n);
      return found && draftOf(found.policy);
    },
  };
}
