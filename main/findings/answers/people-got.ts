import { isoOf, type Micros } from "../../../shared/base/time.ts";
import type { NotifiedPerson, SubjectReport } from "../../../shared/model/finding.ts";
import { select } from "../../query/results/selection.ts";
import type { Inquiry } from "../inquiry.ts";
import { type Judged, OBTAINED, POSSIBLE } from "../rules/judge.ts";

/** Who got data of each of these people: the possible and obtained calls of the filter that list them, consented ones left out. */
export function subjectsGot(inquiry: Inquiry, filter: string, ids: readonly string[]): SubjectReport[] {
  const { columns, owners } = inquiry.dataset;
  const { personIndex, judged } = inquiry;
  const wanted = new Map(ids.map((id) => [personIndex.code(id), new Map<number, Got>()]));
  const naming = personIndex.listsNaming([...wanted.keys()]);
  const lists = columns.codes("subjects");
  const isNaming = new Uint8Array(personIndex.lists);
  for (const list of naming.keys()) isNaming[list] = 1;
  const apps = columns.codes("app");
  const { set } = select(inquiry.dataset, filter);
  for (const position of allowedCalls(judged, (p) => isNaming[lists[p] as number] === 1 && set.has(p))) {
    const time = columns.time[position] as Micros;
    const allowed = judged.filter(({ verdicts }) => isAllowed(verdicts[position]));
    for (const person of naming.get(lists[position] as number) as number[]) {
      const counting = allowed.filter(({ consents }) => !consents.covers(person, apps[position] as number, time));
      if (counting.length === 0) continue;
      const rows = wanted.get(person) as Map<number, Got>;
      const owner = owners.of[position] as number;
      const row = rows.get(owner) ?? new Got();
      rows.set(owner, row);
      row.add(time, fieldsGot(inquiry, counting, position));
    }
  }
  return ids.map((id) => {
    const rows = [...(wanted.get(personIndex.code(id)) as Map<number, Got>)];
    const developers = rows
      .map(([owner, row]) => ({ developer_id: owners.list[owner]?.id ?? "unknown", ...row.said() }))
      .sort((a, b) => (a.developer_id < b.developer_id ? -1 : 1));
    return { subject: id, affected: developers.length > 0, developers };
  });
}

/** The calls of which a rule says that they got data or may have, and that pass, in the order of time. */
function allowedCalls(judged: readonly Judged[], passes: (position: number) => boolean): number[] {
  const found = new Set<number>();
  for (const { verdicts, from, to } of judged)
    for (let p = from; p < to; p += 1) {
      const verdict = verdicts[p] as number;
      if ((verdict === POSSIBLE || verdict === OBTAINED) && passes(p)) found.add(p);
    }
  return [...found].sort((a, b) => a - b);
}

const isAllowed = (verdict: number | undefined): boolean => verdict === POSSIBLE || verdict === OBTAINED;

/** The restricted fields that a call got under these rules. */
function fieldsGot({ dataset: { columns } }: Inquiry, rules: readonly Judged[], position: number): string[] {
  const list = columns.codes("fields")[position] as number;
  return rules.flatMap(({ fields }) => fields.got[list] ?? []);
}

/** What one developer's calls got of a person. */
class Got {
  #first = Number.NaN;
  #last = Number.NaN;
  #events = 0;
  readonly #fields = new Set<string>();

  /** In the order of time. */
  add(time: Micros, fields: readonly string[]): void {
    if (this.#events === 0) this.#first = time;
    this.#last = time;
    this.#events += 1;
    for (const field of fields) this.#fields.add(field);
  }

  said() {
    return {
      first: isoOf(this.#first),
      last: isoOf(this.#last),
      fields: [...this.#fields].sort(),
      events: this.#events,
    };
  }
}

/**
 * Each person that the filter's calls list, those left out whose consent covers a call: with the developers that got data, when,
 * and which fields. Fields are the restricted ones that count under a rule, else those that the log names.
 */
export function* peopleToNotify(inquiry: Inquiry, filter: string): Generator<NotifiedPerson> {
  const { columns, owners } = inquiry.dataset;
  const developers = new GrowingSets(owners.list.map(({ id }) => id));
  const fields = new GrowingSets();
  const lists = columns.codes("subjects");
  const rows = new Map<
    number,
    { id: string; developers: number; fields: number; first: Micros; last: Micros; events: number }
  >();
  const fieldsOf = fieldsByCall(inquiry, fields);
  for (const position of select(inquiry.dataset, filter).positions) {
    const people = inquiry.affected(position);
    if (people.length === 0) continue;
    const time = columns.time[position] as Micros;
    const owner = owners.of[position] as number;
    const got = fieldsOf(position);
    let spelt: Map<number, string> | undefined;
    for (const person of people) {
      let row = rows.get(person);
      if (!row) {
        spelt ??= new Map(
          inquiry.personIndex
            .spelt(lists[position] as number)
            .map((id) => [inquiry.personIndex.code(id), id] as const)
            .reverse(),
        );
        row = { id: spelt.get(person) as string, developers: 0, fields: 0, first: time, last: time, events: 0 };
        rows.set(person, row);
      }
      row.developers = developers.with(row.developers, owner);
      for (const field of got) row.fields = fields.with(row.fields, field);
      row.last = time;
      row.events += 1;
    }
  }
  for (const row of [...rows.values()].sort((a, b) => (a.id < b.id ? -1 : 1)))
    yield {
      id: row.id,
      developers: developers.members(row.developers),
      first: isoOf(row.first),
      last: isoOf(row.last),
      fields: fields.members(row.fields),
      events: row.events,
    };
}

/** By call: the numbers of its fields. Calls with the same list of fields under the same rules share them. */
function fieldsByCall(inquiry: Inquiry, names: GrowingSets): (position: number) => readonly number[] {
  const { columns } = inquiry.dataset;
  const lists = columns.codes("fields");
  const logged = columns.dictionary("fields");
  const known = new Map<string, readonly number[]>();
  return (position) => {
    const counting = inquiry.judged.filter(({ verdicts }) => isAllowed(verdicts[position]));
    const list = lists[position] as number;
    const key = `${list} ${counting.map(({ rule }) => rule.id).join(" ")}`;
    let numbers = known.get(key);
    if (!numbers) {
      const got =
        counting.length > 0
          ? fieldsGot(inquiry, counting, position)
          : (JSON.parse(logged.get(list) ?? "[]") as string[]);
      numbers = [...new Set(got)].map((name) => names.number(name));
      known.set(key, numbers);
    }
    return numbers;
  };
}

/** Sets of names, each a number; 0 is the empty one. Millions of people have few different sets, so each is kept once. */
class GrowingSets {
  readonly #names: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #sets: ReadonlySet<number>[] = [new Set()];
  readonly #byMembers = new Map<string, number>([["", 0]]);
  /** By set: by number of a name, the set that has it too. */
  readonly #grown: Map<number, number>[] = [new Map()];

  constructor(names: readonly string[] = []) {
    for (const name of names) this.number(name);
  }

  number(name: string): number {
    let number = this.#numbers.get(name);
    if (number === undefined) {
      number = this.#names.length;
      this.#names.push(name);
      this.#numbers.set(name, number);
    }
    return number;
  }

  with(set: number, name: number): number {
    const grown = this.#grown[set] as Map<number, number>;
    let found = grown.get(name);
    if (found === undefined) {
      const members = new Set([...(this.#sets[set] as ReadonlySet<number>), name]);
      const key = [...members].sort((a, b) => a - b).join(" ");
      found = this.#byMembers.get(key);
      if (found === undefined) {
        found = this.#sets.length;
        this.#sets.push(members);
        this.#grown.push(new Map());
        this.#byMembers.set(key, found);
      }
      grown.set(name, found);
    }
    return found;
  }

  members(set: number): string[] {
    return [...(this.#sets[set] as ReadonlySet<number>)].map((number) => this.#names[number] as string).sort();
  }
}
