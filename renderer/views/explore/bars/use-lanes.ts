import { useEffect, useState } from "react";
import type { CoverageLane } from "../../../../shared/model/lanes.ts";
import { ask } from "../../../session/client.ts";
import { useShared } from "../../../session/session.tsx";

/** Milliseconds without another reason to ask: the bars themselves come first. */
const ASKS_AFTER_MS = 600;

const NO_LANES: readonly CoverageLane[] = [];

/** What the logs cover changes with imports and policies alone, not with tags: asked once for each, when all else is there. */
export function useLanes(isDue: boolean): readonly CoverageLane[] {
  const events = useShared((state) => state.info?.events);
  const policy = useShared((state) => state.policy);
  const [lanes, setLanes] = useState(NO_LANES);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the answer rests on
  useEffect(() => {
    if (!isDue) return;
    const controller = new AbortController();
    const timer = setTimeout(() => {
      ask("coverageLanes", {}, { signal: controller.signal }).then(
        ({ together }) => controller.signal.aborted || setLanes(together),
        () => undefined,
      );
    }, ASKS_AFTER_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [isDue, events, policy]);
  return lanes;
}
