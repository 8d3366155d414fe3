import { Refusal } from "../../../shared/base/errors.ts";

/** @throws Refusal `reason-missing` */
export function demandReason(text: string, what: string): string {
  const reason = text.trim();
  if (reason === "") throw new Refusal("reason-missing", `${what} needs a reason`, "give it with --reason TEXT");
  return reason;
}
