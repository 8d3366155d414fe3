import { useMemo } from "react";
import type { ResolveContext } from "../../../../shared/filter/resolve.ts";
import { usePolicyTimes } from "../../../session/session.tsx";

/** What `cutoff` and `asof` mean in a filter: as the policy says, as-of else the last call. */
export function useTimes(span: { readonly to: number } | undefined): ResolveContext {
  const policyTimes = usePolicyTimes();
  return useMemo(() => {
    const micros = (text: string | undefined) => (text === undefined ? undefined : Date.parse(text) * 1000);
    const cutoff = micros(policyTimes.cutoff);
    const asOf = micros(policyTimes.asOf) ?? (cutoff === undefined ? undefined : span?.to);
    return { ...(cutoff === undefined ? {} : { cutoff }), ...(asOf === undefined ? {} : { asOf }) };
  }, [policyTimes, span]);
}
