import { Refusal } from "../../../shared/base/errors.ts";
import { idKey } from "../../../shared/base/same-id.ts";
import { developerTerm } from "../../../shared/filter/developer-term.ts";
import { AUDIT_RESULTS, type Remedy, STEPS } from "../../../shared/model/accountability/remedy.ts";
import { CALLERS, OUTCOMES } from "../../../shared/model/event.ts";
import { LEVELS } from "../../../shared/model/level.ts";
import { type CustodyEntry, digestOf } from "../../custody/append.ts";
import type { Inquiry } from "../../findings/inquiry.ts";
import { EventSet } from "../../query/columns/event-set.ts";
import { registryDocument } from "../../registry/document.ts";

/** Stands in a dossier where something names another developer, its apps or its people. */
export const HIDDEN = "[hidden]";

/** Words that documents have for something else, whoever is called so too. */
const OUR_WORDS: readonly string[] = [
  ...[...LEVELS, ...OUTCOMES, ...CALLERS, ...STEPS, ...AUDIT_RESULTS],
  ...["open", "confirmed", "dismissed", "disputed", "returned", "requested", "both"],
  ...["exact", "at-least", "at-most", "between", "not-logged"],
  ...["timestamps", "mapping", "option", "assumed", "utc", "utf-8"],
];

const WORDS = [/[^\p{L}\p{N}_@]+/u, /[^\p{L}\p{N}_@.+-]+/u] as const;

/**
 * A bundle of one developer alone, to be sent to it: no other developer's name, person or line is in it. What the case says
 * of others is known from its registry, and from whom its calls count for.
 */
export class Dossier {
  readonly developer: string;
  readonly #inquiry: Inquiry;
  readonly #owner: number;
  #calls: EventSet | undefined;
  readonly #apps = new Set<string>();
  /** The developer itself, and those that are joined to it. */
  readonly #ids: ReadonlySet<string>;
  /** Texts of others, in small letters: of one word, and of several by their first. */
  readonly #single = new Set<string>();
  readonly #longer = new Map<string, string[]>();

  /** `developer`: an id as `developerNamed` gives it. */
  constructor(inquiry: Inquiry, developer: string) {
    this.#inquiry = inquiry;
    this.developer = developer;
    this.#owner = inquiry.dataset.owners.list.findIndex(({ id }) => id === developer);
    const { registry } = inquiry.dataset;
    const joined = (registry.joined ?? []).filter(({ into }) => into === developer);
    this.#ids = new Set([developer, ...joined.map((row) => row.developer_id)]);
    this.#takeOthers();
  }

  /** Leaves of a set the developer's calls. */
  narrow(chosen: EventSet): void {
    const { owners } = this.#inquiry.dataset;
    this.#calls ??= EventSet.lookedUp(
      owners.of,
      Uint8Array.from(owners.list, (_, owner) => (owner === this.#owner ? 1 : 0)),
    );
    chosen.intersect(this.#calls);
  }

  /** Whether an app is, or was at any time, the developer's. */
  has(app: string): boolean {
    return this.#apps.has(idKey(app));
  }

  /** Its steps alone. */
  remedy(remedy: Remedy): Remedy {
    const known = new Set(this.#inquiry.judged.map(({ rule }) => rule.id));
    return {
      ...remedy,
      rules: remedy.rules
        .map((each) => ({
          ...each,
          developers: each.developers.filter(({ developer_id: id }) => id === this.developer),
        }))
        .filter(({ rule, developers }) => known.has(rule) || developers.length > 0),
    };
  }

  /** A filter that holds of the developer's calls alone. */
  filter(text: string): string {
    const own = developerTerm(this.developer);
    return `${text.trim() === "" ? "" : `(${text}) `}${own}`;
  }

  /** Whether a text names anybody else. */
  names(text: string): boolean {
    const small = text.toLowerCase();
    return WORDS.some((separator) =>
      small.split(separator).some((word) => {
        const plain = word.replace(/^[.+-]+|[.+-]+$/gu, "");
        return (
          this.#single.has(word) ||
          this.#single.has(plain) ||
          this.#longer.get(plain)?.some((whole) => small.includes(whole)) === true
        );
      }),
    );
  }

  /** A document without any text that names others. */
  hidden<T>(value: T): T {
    if (typeof value === "string") return (this.names(value) ? HIDDEN : value) as T;
    if (Array.isArray(value)) return value.map((each) => this.hidden(each)) as T;
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, this.hidden(each)])) as T;
  }

  /** An act that names others stands as its digest, over which the chain runs. */
  actLine(line: string): string {
    const { seq, at, act, ...rest } = JSON.parse(line) as CustodyEntry;
    return this.#names(rest) || this.names(act) ? JSON.stringify({ seq, at, act, digest: digestOf(line) }) : line;
  }

  #names(value: unknown): boolean {
    if (typeof value === "string") return this.names(value);
    if (value === null || typeof value !== "object") return false;
    return Object.entries(value).some(([key, each]) => this.names(key) || this.#names(each));
  }

  /** The rows of its apps, its people's consents and its calls' resources; another owner of an app is hidden. */
  registry(positions: Uint32Array): Record<string, Record<string, unknown>[]> {
    const { dataset, personIndex } = this.#inquiry;
    const { columns } = dataset;
    const document = registryDocument(dataset.caseFile.db);
    const resources = new Set<string>();
    const people = new Set<number>();
    const texts = columns.dictionary("resource").all();
    const [resourceOf, listOf] = [columns.codes("resource"), columns.codes("subjects")];
    for (const position of positions) {
      const resource = texts[resourceOf[position] as number];
      if (resource !== undefined) resources.add(idKey(resource));
      for (const person of personIndex.of(listOf[position] as number)) people.add(person);
    }
    const own = (app: unknown) => this.#apps.has(idKey(String(app)));
    return {
      developers: document.developers.filter((row) => this.#ids.has(String(row.developer_id))),
      apps: document.apps.filter((row) => own(row.app)).map((row) => this.hidden(row)),
      grants: document.grants.filter((row) => own(row.app)),
      consents: document.consents.filter((row) => own(row.app) && people.has(personIndex.code(String(row.subject)))),
      resources: document.resources
        .filter((row) => resources.has(idKey(String(row.resource))))
        .map((row) => ({ ...this.hidden(row), resource: row.resource })),
      ...(this.#ids.size > 1 ? { joined: (document.joined ?? []).filter((row) => row.into === this.developer) } : {}),
    };
  }

  #takeOthers(): void {
    const { dataset, personIndex } = this.#inquiry;
    const { columns, owners, registry, attribution } = dataset;
    const ours = new Set([...this.#ids].map((id) => id.replace(/^(?:name|app):/u, "").toLowerCase()));
    ours.add(this.developer.toLowerCase());
    const own = (text: string | undefined) => text !== undefined && ours.add(text.toLowerCase());
    for (const row of registry.developers)
      if (this.#ids.has(row.developer_id)) for (const text of [row.developer, row.contact, row.country]) own(text);
    for (const word of OUR_WORDS) own(word);
    for (const { rule } of this.#inquiry.judged)
      for (const text of [rule.id, rule.permission, rule.consent_permission, ...(rule.restricted_fields ?? [])])
        own(text);
    // What an API is called names nobody, whoever is called so too.
    for (const text of columns.dictionary("api").all()) own(text);
    const apps = columns.dictionary("app").all();
    const [appOf, listOf, actorOf] = [columns.codes("app"), columns.codes("subjects"), columns.codes("actor")];
    const actors = columns.dictionary("actor").all();
    const lists = new Map<number, boolean>();
    for (let p = 0; p < columns.rows; p += 1) {
      const isOwn = owners.of[p] === this.#owner;
      const list = listOf[p] as number;
      if (list !== 0) lists.set(list, isOwn || lists.get(list) === true);
      if (!isOwn) continue;
      const app = apps[appOf[p] as number];
      if (app !== undefined) this.#apps.add(idKey(app));
      own(actors[actorOf[p] as number]);
    }
    for (const row of this.#inquiry.judged.flatMap((judged) => this.#inquiry.summaryOf(judged).developers))
      if (row.developer_id === this.developer) for (const app of row.apps) this.#apps.add(idKey(app));
    for (const { app } of registry.apps)
      if (attribution.spansOf(app).some(({ owner }) => owner.id === this.developer)) this.#apps.add(idKey(app));
    for (const { id, name } of owners.list) if (id === this.developer) own(name);
    for (const row of registry.apps)
      if (this.#apps.has(idKey(row.app))) for (const text of [row.app, row.app_name]) own(text);
    for (const app of this.#apps) own(app);
    const people = new Set<number>();
    for (const [list, isOwn] of lists)
      if (isOwn)
        for (const id of personIndex.spelt(list)) {
          people.add(personIndex.code(id));
          own(id);
        }

    const take = (text: string | undefined) => {
      const small = text?.trim().toLowerCase() ?? "";
      if (!/[\p{L}\p{N}]/u.test(small) || small === "unknown" || ours.has(small)) return;
      const [first = "", ...rest] = small.split(WORDS[1]).filter((word) => word !== "");
      if (rest.length === 0 && first === small) this.#single.add(small);
      else this.#longer.set(first, [...(this.#longer.get(first) ?? []), small]);
    };
    for (const row of registry.developers)
      if (!this.#ids.has(row.developer_id))
        for (const text of [row.developer_id, row.developer, row.contact]) take(text);
    for (const { id, name } of owners.list)
      if (id !== this.developer) for (const text of [id.replace(/^(?:name|app):/u, ""), name]) take(text);
    for (const row of [...registry.apps, ...registry.grants, ...registry.consents])
      if (!this.#apps.has(idKey(row.app))) {
        take(row.app);
        if ("app_name" in row) take(row.app_name);
      }
    for (const row of registry.apps)
      if (row.developer_id === undefined || !this.#ids.has(row.developer_id)) take(row.developer_id);
    for (const app of apps) if (app !== undefined && !this.#apps.has(idKey(app))) take(app);
    for (const row of registry.consents) if (!people.has(personIndex.code(row.subject))) take(row.subject);
    for (const [list, isOwn] of lists)
      if (!isOwn) for (const id of personIndex.spelt(list)) if (!people.has(personIndex.code(id))) take(id);
    for (const text of columns.dictionary("developer").all()) take(text);
  }
}

/** The id of a developer whom the case knows, by id, or by a name in any case that it alone bears. @throws Refusal `developer-unknown` */
export function developerNamed(inquiry: Inquiry, text: string): string {
  const names = new Map<string, string | undefined>();
  for (const { developer_id: id, developer } of inquiry.dataset.registry.developers) names.set(id, developer);
  for (const { id, name } of inquiry.dataset.owners.list) names.set(id, name);
  for (const judged of inquiry.judged)
    for (const { developer_id: id, developer } of inquiry.summaryOf(judged).developers) names.set(id, developer);
  const { attribution } = inquiry.dataset;
  if (names.has(text)) return attribution.idNow(text);
  const bearers = [...names].filter(([, name]) => name?.toLowerCase() === text.toLowerCase());
  const [only, ...others] = bearers;
  if (only && others.length === 0) return attribution.idNow(only[0]);
  throw new Refusal(
    "developer-unknown",
    bearers.length > 1
      ? `${bearers.length} developers are called "${text}": ${bearers.map(([id]) => id).join(", ")}`
      : `The case knows no developer "${text}"`,
    "give an id as `exhibit findings` lists it",
  );
}

/** A record of several calls cannot be parted: with the developer's call its line would hold others'. @throws Refusal `usage` */
export function demandOwnLines(
  {
    dataset: {
      columns,
      caseFile: { db },
    },
  }: Inquiry,
  positions: Uint32Array,
): void {
  if (db.prepare("select 1 from event_part limit 1").get() === undefined) return;
  const chosen = new Set(positions);
  const [sources, offsets] = [columns.codes("source"), columns.numbers("offset")];
  const placeOf = (p: number) => `${sources[p]} ${offsets[p]}`;
  const records = new Set(Array.from(positions, placeOf));
  for (let p = 0; p < columns.rows; p += 1)
    if (!chosen.has(p) && records.has(placeOf(p)))
      throw new Refusal(
        "usage",
        `A record of source ${sources[p]}, at byte ${offsets[p]}, holds calls of this developer and of others`,
        "a dossier cannot carry its line: make a bundle of the whole case, or of a filter",
      );
}
