import { useMemo } from "react";
import { fieldPaths } from "../../../shared/filter/match.ts";
import { useAsk } from "../../session/use-ask.ts";

export interface KnownValue {
  readonly value: string;
  readonly count: number;
}

/** What logs and registry hold, most first: offered under each field of a rule. */
export interface Known {
  /** False until the logs were asked. */
  readonly isRead: boolean;
  readonly apis: readonly KnownValue[];
  readonly operations: readonly KnownValue[];
  readonly fields: readonly KnownValue[];
  /** What a field answers to: `from{name}` to `name` too. */
  readonly fieldPaths: readonly string[];
  readonly apps: readonly KnownValue[];
  readonly permissions: readonly KnownValue[];
  readonly consents: readonly KnownValue[];
  /** The time of the last call: where a policy names no as-of, its time ends there. */
  readonly lastCall?: string;
}

const FACETS = ["api", "operation", "fields", "app"] as const;

export function useKnown(): Known {
  const logs = useAsk("query", { filter: "", facets: [...FACETS] });
  const permissions = useAsk("permissions", {});
  const activity = useAsk("activity", {});
  return useMemo(() => {
    const values = (field: (typeof FACETS)[number]): KnownValue[] =>
      (logs.reply?.facets?.[field] ?? []).flatMap(({ value, count }) =>
        value === undefined ? [] : [{ value, count }],
      );
    const named = (rows: readonly { permission: string; count: number }[] = []) =>
      rows.map(({ permission, count }) => ({ value: permission, count }));
    const fields = values("fields");
    return {
      isRead: logs.reply !== undefined && permissions.reply !== undefined,
      apis: values("api"),
      operations: values("operation"),
      fields,
      fieldPaths: [...new Set(fields.flatMap(({ value }) => fieldPaths(value)))],
      apps: values("app"),
      permissions: named(permissions.reply?.grants),
      consents: named(permissions.reply?.consents),
      ...(activity.reply?.last === undefined ? {} : { lastCall: activity.reply.last }),
    };
  }, [logs.reply, permissions.reply, activity.reply]);
}
