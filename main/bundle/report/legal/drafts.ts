import type { PageInput } from "../../contents/page-input.ts";
import { certification } from "./certification.ts";
import { coveredIncident } from "./covered-incident.ts";
import type { Draft } from "./draft.ts";
import { exhibitList } from "./exhibit-list.ts";
import { methodStatement } from "./method-statement.ts";

/** Every draft of a bundle. */
export const drafts = (input: PageInput): readonly Draft[] => [
  coveredIncident(input),
  certification(input),
  exhibitList(input),
  methodStatement(input),
];
