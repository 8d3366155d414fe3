import { Fragment, type ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import { fieldPaths, fold } from "../../../shared/filter/match.ts";
import { useShared } from "../../session/session.tsx";
import { Inert } from "../inert.tsx";

const MAX_NAMES = 60;

/** The names of the fields that a call asked for. What a rule restricts is bold. */
export function FieldNames({ names, rules }: { names: readonly string[]; rules: readonly string[] }): ReactNode {
  const policy = useShared((state) => state.policy);
  const holding = (policy?.rules ?? []).filter((rule) => rules.includes(rule.id));
  const restricted = new Set(holding.flatMap((rule) => (rule.restricted_fields ?? []).map(fold)));
  const isAll = holding.some((rule) => rule.restricted_fields === undefined);
  return (
    <span>
      {names.slice(0, MAX_NAMES).map((name, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a log may name a field twice
        <Fragment key={index}>
          {index > 0 && ", "}
          {isAll || fieldPaths(name).some((path) => restricted.has(fold(path))) ? (
            <strong>
              <Inert text={name} most={100} />
            </strong>
          ) : (
            <Inert text={name} most={100} />
          )}
        </Fragment>
      ))}
      {names.length > MAX_NAMES && <span className="muted"> and {figure(names.length - MAX_NAMES)} more</span>}
    </span>
  );
}
