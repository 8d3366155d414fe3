import type { Hooks, Reply } from "../../shared/contract.ts";
import { PeopleCount } from "../findings/people.ts";
import { resourceSizes } from "../findings/summary.ts";
import type { Engine } from "./engine.ts";
import { breathe, SLICE_MS } from "./slices.ts";

/** Counts a filter's people in slices, so that the next question is answered in between, and one nobody waits for stops. */
export async function countPeople(engine: Engine, filter: string, { signal }: Hooks): Promise<Reply<"people">> {
  const { inquiry } = engine;
  const { positions } = engine.selection(filter);
  const counter = new PeopleCount(resourceSizes(inquiry.world));
  for (let at = 0; at < positions.length; ) {
    const until = performance.now() + SLICE_MS;
    for (; at < positions.length && (at % 1024 !== 0 || performance.now() < until); at += 1)
      inquiry.addPeople(counter, positions[at] as number);
    if (at < positions.length) await breathe(signal, "Counting the people was stopped");
  }
  return { filter, people: counter.result() };
}
