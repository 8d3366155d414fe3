import type { Case } from "../case/case.ts";
import { type ChainVerdict, verifyChain } from "./verify.ts";

/** The chain's lines, oldest first, as they are hashed. */
export function* custodyLines(place: Case): Generator<string> {
  for (const line of place.db.prepare("select entry from custody order by seq").pluck().iterate()) yield line as string;
}

/** The case's own chain, walked from the first entry. */
export const verifyCustody = (place: Case): ChainVerdict => verifyChain(custodyLines(place));
