import type { ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import { useAsk } from "../../session/use-ask.ts";
import { counted } from "../../text/format.ts";
import { FilterLink } from "../number-link.tsx";

/**
 * How many calls a filter matches, as the link to them. For what no count by value tells: a call names a field by each of its
 * paths, so `fields:name` matches more than the calls whose list says just `name`.
 */
export function CountLink({ filter, isWords = false }: { filter: string; isWords?: boolean }): ReactNode {
  const { reply } = useAsk("query", { filter });
  if (!reply) return <span className="muted">counting</span>;
  const words = isWords ? counted(reply.count, "call") : figure(reply.count);
  return reply.count === 0 ? words : <FilterLink filter={filter}>{words}</FilterLink>;
}
