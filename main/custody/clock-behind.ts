import { timeOfAct } from "./append.ts";
import type { CustodyBook } from "./book.ts";

/** What is said once of a clock that stands behind the last act. Undefined where it does not. */
export function clockBehind(book: Pick<CustodyBook, "db">): string | undefined {
  const { at, clock } = timeOfAct(book);
  return clock === undefined
    ? undefined
    : `This computer's clock says ${clock}, which is before the last act of the case, ${at}: acts bear that time until the clock has passed it, and custody says what the clock said`;
}
