import { idKey } from "../../../shared/base/same-id.ts";
import type { EventRecord } from "../../../shared/model/event.ts";
import type { Resource } from "../../../shared/model/registry.ts";

/** How a record that a number of people rests on contradicts itself or the registry. The numbers stay what they are. */
const KINDS = [
  "count-beside-empty-list",
  "list-of-another-length",
  "id-twice",
  "more-than-the-resource-holds",
] as const;
type Kind = (typeof KINDS)[number];

export interface Contradiction {
  readonly kind: Kind;
  readonly events: number;
  /** The first of them, in the order of the bundle. */
  readonly first: readonly { readonly event: number; readonly source: number; readonly line: number }[];
}

const MAX_NAMED = 100;

/** What of a call is looked at. */
export type CountedRecord = Pick<EventRecord, "source" | "line"> & {
  readonly [key in "subjects" | "subject_count" | "resource"]?: EventRecord[key] | undefined;
};

/** Takes the counted calls of a bundle one after the other. */
export class Contradictions {
  readonly #sizes: ReadonlyMap<string, number>;
  readonly #found = new Map<Kind, { events: number; first: Contradiction["first"][number][] }>();

  constructor(resources: readonly Resource[]) {
    this.#sizes = new Map(
      resources.flatMap(({ resource, people }) => (people === undefined ? [] : [[idKey(resource), people] as const])),
    );
  }

  /** `number`: the event's, from 1. */
  add(number: number, { source, line, subjects, subject_count: count = 0, resource }: CountedRecord): void {
    const distinct = subjects ? new Set(subjects.map(idKey)).size : 0;
    const size = resource === undefined ? undefined : this.#sizes.get(idKey(resource));
    const met: Readonly<Record<Kind, boolean>> = {
      "count-beside-empty-list": subjects?.length === 0 && count > 0,
      "list-of-another-length":
        subjects !== undefined && subjects.length > 0 && count > 0 && distinct !== count && subjects.length !== count,
      "id-twice": subjects !== undefined && distinct < subjects.length,
      "more-than-the-resource-holds": size !== undefined && Math.max(distinct, count) > size,
    };
    for (const kind of KINDS) {
      if (!met[kind]) continue;
      let found = this.#found.get(kind);
      if (!found) {
        found = { events: 0, first: [] };
        this.#found.set(kind, found);
      }
      found.events += 1;
      if (found.first.length < MAX_NAMED) found.first.push({ event: number, source, line });
    }
  }

  get all(): Contradiction[] {
    return KINDS.flatMap((kind) => {
      const found = this.#found.get(kind);
      return found ? [{ kind, ...found }] : [];
    });
  }
}
