import type { CustodyBook } from "./book.ts";
import { type ChainVerdict, verifyChain } from "./verify.ts";

/** The chain's lines, oldest first, as they are hashed. */
export function* custodyLines({ db }: Pick<CustodyBook, "db">): Generator<string> {
  for (const line of db.prepare("select entry from custody order by seq").pluck().iterate()) yield line as string;
}

/** The case's own chain, walked from the first entry. */
export const verifyCustody = (book: Pick<CustodyBook, "db">): ChainVerdict => verifyChain(custodyLines(book));
