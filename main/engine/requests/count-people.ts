import type { Hooks, Reply } from "../../../shared/contract/contract.ts";
import { PeopleCount } from "../../findings/people/people-count.ts";
import { resourceSizes } from "../../findings/people/resource-sizes.ts";
import { SLICE_MS, yieldToMessages } from "../../platform/time-slices.ts";
import type { Session } from "../session/session.ts";

/** Counts a filter's people in slices. The next question is answered in between, and a cancelled count stops. */
export async function countPeople(session: Session, filter: string, { signal }: Hooks): Promise<Reply<"people">> {
  const { inquiry } = session;
  const { set } = session.selection(filter);
  const counter = new PeopleCount(resourceSizes(inquiry.dataset));
  for (let p = set.next(0); p >= 0; ) {
    const until = performance.now() + SLICE_MS;
    do {
      for (let calls = 0; calls < 1024 && p >= 0; calls += 1) {
        inquiry.addPeople(counter, p);
        p = set.next(p + 1);
      }
    } while (p >= 0 && performance.now() < until);
    if (p >= 0) await yieldToMessages(signal, "Counting the people was stopped");
  }
  return { filter, people: counter.result() };
}
