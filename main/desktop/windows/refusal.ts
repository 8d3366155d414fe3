import { faultData, Refusal, type RefusalData } from "../../../shared/base/errors.ts";

/** Anything thrown, as it is sent to the page: code, sentence, what to do. Stack traces are not sent. */
export function refusalData(error: unknown): RefusalData {
  if (error instanceof Refusal) return error.data();
  console.error(error);
  return faultData(error, "Exhibit itself failed", "report it with what you did");
}
