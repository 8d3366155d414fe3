import { z } from "zod";
import { given } from "../../../../shared/base/given.ts";
import { STACKS } from "../../../../shared/model/explore.ts";

/** How this machine shows Explore; what cannot be read is as it was from the start. */
const LAYOUT = z.object({
  /** Facet → how many values it shows; absent: closed. */
  open: z
    .record(z.string(), z.number().int().min(1).max(1000))
    .catch({ developer: 5, api: 5, outcome: 5, fields: 5, tag: 5 }),
  within: z.boolean().catch(false),
  stack: z.enum(STACKS).catch("outcome"),
  log: z.boolean().catch(false),
  columns: z
    .array(
      z
        .object({ id: z.string(), width: z.number().min(20).max(4000).optional(), isHidden: z.boolean().optional() })
        .transform(({ id, width, isHidden }) => ({
          id,
          ...given({ width, isHidden }),
        })),
    )
    .catch([]),
});
export type ExploreLayout = z.output<typeof LAYOUT>;

export const layoutOf = (stored: unknown): ExploreLayout =>
  LAYOUT.parse(typeof stored === "object" && stored !== null ? stored : {});
