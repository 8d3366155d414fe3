import { figure } from "../../../shared/base/figure.ts";
import { idKey } from "../../../shared/base/same-id.ts";
import type { Dataset } from "../../query/dataset.ts";

/** Calls of one kind of contradiction, and the first of them. */
class Kind {
  calls = 0;
  #first = -1;

  add(position: number): void {
    if (this.calls === 0) this.#first = position;
    this.calls += 1;
  }

  /** `12 calls (the first: source 1, line 88)` */
  text({ columns }: Dataset): string {
    const p = this.#first;
    const place = `source ${columns.codes("source")[p]}, line ${figure(columns.numbers("line")[p] as number)}`;
    return this.calls === 1 ? `1 call (${place})` : `${figure(this.calls)} calls (the first: ${place})`;
  }
}

/** Resources named one by one; the rest are counted. */
const MAX_RESOURCES = 5;

/**
 * Where the records that the numbers of people rest on contradict each other or the registry, a sentence each. The numbers
 * stay what they are (docs/decisions/09-people-of-calls.md): a reader must know which of them to doubt.
 */
export function contradictions(dataset: Dataset, positions: Iterable<number>): string[] {
  const { columns, registry } = dataset;
  const lists = columns.dictionary("subjects").all().map(listed);
  const listOf = columns.codes("subjects");
  const countOf = columns.numbers("subject_count");
  const resourceOf = columns.codes("resource");
  const sizes = new Map(registry.resources.map(({ resource, people }) => [resource, people] as const));
  const sized =
    sizes.size > 0
      ? columns
          .dictionary("resource")
          .all()
          .map((text) => sizes.get(text ?? ""))
      : [];
  const [empty, twice, fewer] = [new Kind(), new Kind(), new Kind()];
  const most = new Map<number, number>();
  for (const p of positions) {
    const list = listOf[p] === 0 ? undefined : lists[listOf[p] as number];
    const count = countOf[p] as number;
    if (list?.ids === 0 && count > 0) empty.add(p);
    else if (list && count > 0 && list.distinct !== count && list.ids !== count) fewer.add(p);
    if (list && list.distinct < list.ids) twice.add(p);
    const returned = Math.max(list?.distinct ?? 0, Number.isNaN(count) ? 0 : count);
    const resource = resourceOf[p] as number;
    const size = sized[resource];
    if (size !== undefined && returned > size && returned > (most.get(resource) ?? 0)) most.set(resource, returned);
  }
  const said: string[] = [];
  const say = (kind: Kind, what: string) => {
    if (kind.calls > 0) said.push(`${kind.text(dataset)} ${what}`);
  };
  say(empty, "count people beside an empty list: the count stands");
  say(fewer, "list another number of people than they count: the list stands");
  say(twice, "list an id twice: it is one person");
  const texts = columns.dictionary("resource").all();
  for (const [resource, returned] of [...most].slice(0, MAX_RESOURCES)) {
    const size = figure(sized[resource] as number);
    said.push(
      `resource ${texts[resource]} holds ${size} people by the registry, and one call returned ${figure(returned)}`,
    );
  }
  if (most.size > MAX_RESOURCES) said.push(`so do ${figure(most.size - MAX_RESOURCES)} more resources`);
  return said;
}

function listed(list: string | undefined): { readonly ids: number; readonly distinct: number } | undefined {
  if (list === undefined) return undefined;
  const ids = JSON.parse(list) as string[];
  return { ids: ids.length, distinct: new Set(ids.map(idKey)).size };
}
