import type { ReactNode } from "react";
import { useSession } from "../../session/session.tsx";
import { useAsk } from "../../session/use-ask.ts";
import { minute } from "../../text/format.ts";
import type { Draft } from "./use-draft.ts";

interface Props {
  readonly draft: Draft;
  /** Why nothing can be written. */
  readonly why: string | undefined;
  /** The number of an earlier policy; absent: the one in force. */
  readonly against: number | undefined;
  readonly onAgainst: (n: number | undefined) => void;
}

/** What the policy is called, whose it is, and what it is compared with. */
export function PolicyHead({ draft, why, against, onAgainst }: Props): ReactNode {
  const session = useSession();
  const history = useAsk("policies", {});
  const { policy } = draft;
  return (
    <div className="policy-head">
      <nav aria-label="Place">
        <button type="button" className="link" onClick={() => session.go({ screen: "sources" })}>
          Sources
        </button>{" "}
        /
      </nav>
      <h1 tabIndex={-1}>Policy</h1>
      <input
        className="field-input policy-title"
        aria-label="Title of the policy"
        placeholder="Title"
        disabled={why !== undefined}
        value={policy.title}
        onChange={(event) => draft.change({ title: event.currentTarget.value })}
      />
      <label className="policy-label">
        Authority
        <input
          className="field-input"
          placeholder="order or decision"
          disabled={why !== undefined}
          value={policy.authority}
          onChange={(event) => draft.change({ authority: event.currentTarget.value })}
        />
      </label>
      {draft.isChanged && <span className="badge warning">changed, not set</span>}
      <span className="gap" />
      <label className="policy-label">
        Compare with
        <select
          className="field-input"
          value={against ?? ""}
          onChange={(event) =>
            onAgainst(event.currentTarget.value === "" ? undefined : Number(event.currentTarget.value))
          }
        >
          <option value="">{draft.inForce ? "the one in force" : "no policy"}</option>
          {history.reply?.policies.slice(1).map((each) => (
            <option key={each.n} value={each.n}>
              as set {minute(each.at)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
