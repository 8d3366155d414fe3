import type { Asked } from "../../session/use-ask.ts";

/** Two requests shown as one, so that the numbers of one frame come from one state of the case. */
export function joinRequests<A, B>(a: Asked<A>, b: Asked<B>): Asked<{ readonly a: A; readonly b: B }> {
  const error = a.error ?? b.error;
  const progress = a.progress ?? b.progress;
  return {
    ...(a.reply === undefined || b.reply === undefined ? {} : { reply: { a: a.reply, b: b.reply } }),
    ...(error ? { error } : {}),
    ...(progress ? { progress } : {}),
    isCurrent: a.isCurrent && b.isCurrent,
    isUpdating: a.isUpdating || b.isUpdating,
    isLong: a.isLong || b.isLong,
    cancel() {
      a.cancel();
      b.cancel();
    },
    again() {
      a.again();
      b.again();
    },
  };
}
