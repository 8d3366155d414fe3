import { Button } from "@blueprintjs/core";
import type { ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { Policy, Rule } from "../../../shared/model/policy.ts";
import { REGISTRY_KINDS } from "../../../shared/model/registry.ts";
import { Inert } from "../../parts/inert.tsx";
import { Section } from "../../parts/page.tsx";
import { Updating } from "../../parts/updating.tsx";
import type { CaseActs } from "../../session/case-acts.ts";
import { useReadOnly, useSession } from "../../session/session.tsx";
import { useAsk } from "../../session/use-ask.ts";
import { counted, day } from "../../text/format.ts";

/** What the calls are read with: registry, policy, claims. */
export function ContextLists({ acts }: { acts: CaseActs }): ReactNode {
  const readOnly = useReadOnly();
  const session = useSession();
  const policy = useAsk("policyInForce", {});
  const claims = useAsk("claimsInForce", {});
  const hasPolicy = policy.reply?.policy !== undefined;
  const button = (text: string, act: () => void) => (
    <Button
      size="small"
      variant="outlined"
      text={text}
      disabled={readOnly !== undefined}
      title={readOnly ?? ""}
      onClick={act}
    />
  );
  return (
    <div className="context">
      <Section
        title="Registry"
        actions={
          <>
            <Button
              size="small"
              variant="outlined"
              text="Open"
              aria-label="Open registry"
              onClick={() => session.go({ screen: "registry" })}
            />
            {button("Import registry", acts.importRegistry)}
          </>
        }
      >
        <RegistryPanel />
      </Section>
      <Section
        title="Policy"
        actions={
          <>
            <Button
              size="small"
              variant="outlined"
              text={hasPolicy ? "Open policy" : "Start a policy"}
              onClick={() => session.go({ screen: "policy" })}
            />
            {button("Import policy", acts.importPolicy)}
          </>
        }
      >
        <div className="panel">
          <Updating asked={policy}>
            {({ policy: inForce }) =>
              inForce ? (
                <InForce policy={inForce} />
              ) : (
                <p className="muted">
                  No policy yet. Without one there are no findings, and <code>cutoff</code> and <code>asof</code> mean
                  nothing.
                </p>
              )
            }
          </Updating>
        </div>
      </Section>
      <Section title="Claims" actions={button("Import claims", acts.importClaims)}>
        <div className="panel">
          <Updating asked={claims}>
            {({ claims: list }) =>
              list ? (
                <button type="button" className="link" onClick={() => session.go({ screen: "claims" })}>
                  {counted(list.length, "claim")}
                </button>
              ) : (
                <p className="muted">No claims yet: what was said in public, to be held against the record.</p>
              )
            }
          </Updating>
        </div>
      </Section>
    </div>
  );
}

function RegistryPanel(): ReactNode {
  const session = useSession();
  const registry = useAsk("registryInForce", {});
  return (
    <div className="panel">
      <Updating asked={registry}>
        {({ counts, files, not_joined: lost }) => (
          <>
            <dl className="facts">
              {REGISTRY_KINDS.map((kind) => (
                <div key={kind} className="facts-row">
                  <dt>{kind}</dt>
                  <dd>
                    {counts[kind] === 0 ? (
                      "0"
                    ) : (
                      <button
                        type="button"
                        className="link"
                        onClick={() => session.go({ screen: "registry", of: kind })}
                      >
                        {figure(counts[kind])}
                      </button>
                    )}
                  </dd>
                </div>
              ))}
            </dl>
            <p className="muted context-foot">
              {files.length === 0
                ? "No registry yet: developers are known by the log's own word."
                : `From ${counted(files.length, "file")}, the last on ${day(files.at(-1)?.at ?? "")}.`}
            </p>
            {lost.map((sentence) => (
              <p key={sentence}>
                Not joined: <Inert text={sentence} most={400} />.
              </p>
            ))}
          </>
        )}
      </Updating>
    </div>
  );
}

function InForce({ policy }: { policy: Policy }): ReactNode {
  return (
    <>
      <p>
        <strong>
          <Inert text={policy.title ?? "Untitled policy"} />
        </strong>
        {policy.authority !== undefined && (
          <span className="muted">
            {" "}
            <Inert text={policy.authority} />
          </span>
        )}
      </p>
      <p className="muted">
        {policy.as_of === undefined ? "As of the last call" : `As of ${day(policy.as_of)} UTC`}, recent:{" "}
        {counted(policy.recent_days, "day")}
      </p>
      <ul className="rules">
        {policy.rules.map((rule) => (
          <RuleLine key={rule.id} rule={rule} />
        ))}
      </ul>
    </>
  );
}

function RuleLine({ rule }: { rule: Rule }): ReactNode {
  return (
    <li>
      <Inert text={rule.title ?? rule.id} />
      <br />
      <span className="muted">
        since <span className="mono">{day(rule.effective_from)}</span> UTC
        {rule.grace_days > 0 && `, ${counted(rule.grace_days, "day")} of grace`}:{" "}
        <Inert text={rule.restricted_fields?.join(", ") ?? "all that is returned"} />
      </span>
    </li>
  );
}
