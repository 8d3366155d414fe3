import type { ErrorCode } from "../../shared/base/errors.ts";
import { Refusal } from "../../shared/base/errors.ts";

/** Either thread → main, when it cannot go on. A Refusal crosses as its parts. */
export interface FailureMessage {
  readonly kind: "failure";
  readonly refusal?: { code: ErrorCode; what: string; todo: string };
  readonly code?: string;
  readonly message: string;
  readonly stack?: string;
}

export function failureOf(error: unknown): FailureMessage {
  const known = error as {
    name?: string;
    code?: string;
    what?: string;
    todo?: string;
    message?: string;
    stack?: string;
  };
  const message = known.message ?? String(error);
  if (known.name === "Refusal")
    return {
      kind: "failure",
      message,
      refusal: { code: known.code as ErrorCode, what: known.what ?? "", todo: known.todo ?? "" },
    };
  return {
    kind: "failure",
    message,
    ...(known.code && { code: known.code }),
    ...(known.stack && { stack: known.stack }),
  };
}

/** The error that a thread could not go on with, as it was thrown there. */
export function errorOf({ refusal, message, code, stack }: FailureMessage): Error {
  if (refusal) return new Refusal(refusal.code, refusal.what, refusal.todo);
  const error = new Error(message);
  if (stack) error.stack = stack;
  return code ? Object.assign(error, { code }) : error;
}
