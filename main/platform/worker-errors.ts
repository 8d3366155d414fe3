import { Refusal, type RefusalData, refusalFrom } from "../../shared/base/errors.ts";

/** A thread → whoever started it, when it cannot go on. A Refusal crosses as data; anything else with what the system said of it. */
export interface FailureMessage {
  readonly kind: "failure";
  readonly refusal?: RefusalData;
  readonly code?: string;
  readonly message: string;
  readonly stack?: string;
}

export function failureOf(error: unknown): FailureMessage {
  if (error instanceof Refusal) return { kind: "failure", message: error.message, refusal: error.data() };
  const known = error as { code?: string; message?: string; stack?: string } | undefined;
  return {
    kind: "failure",
    message: known?.message ?? String(error),
    ...(known?.code && { code: known.code }),
    ...(known?.stack && { stack: known.stack }),
  };
}

/** The error that a thread could not go on with, as it was thrown there. */
export function errorOf({ refusal, message, code, stack }: FailureMessage): Error {
  if (refusal) return refusalFrom(refusal);
  const error = new Error(message);
  if (stack) error.stack = stack;
  return code ? Object.assign(error, { code }) : error;
}
