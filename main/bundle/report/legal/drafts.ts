import type { PageInput } from "../../contents/page-input.ts";
import { certification } from "./certification.ts";
import { coveredIncident } from "./covered-incident.ts";
import type { Draft } from "./draft.ts";
import { exhibitList } from "./exhibit-list.ts";
import { methodStatement } from "./method-statement.ts";
import { notices } from "./notices.ts";
import { redactionLog } from "./redaction-log.ts";
import { validationRecord } from "./validation-record.ts";

/** Every draft of a bundle. */
export const drafts = (input: PageInput): readonly Draft[] => [
  coveredIncident(input),
  certification(input),
  exhibitList(input),
  methodStatement(input),
  redactionLog(input),
  notices(input),
  validationRecord(input),
];
