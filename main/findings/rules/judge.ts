import type { Micros } from "../../../shared/base/time.ts";
import { callerOf, FLAG } from "../../../shared/model/event.ts";
import type { Rule } from "../../../shared/model/policy.ts";
import type { Dataset } from "../../query/dataset.ts";
import type { PersonIndex } from "../people/person-index.ts";
import { Consents } from "./consents.ts";
import {
  FIELDS_OPEN,
  FIELDS_RESTRICTED,
  type RestrictedFields,
  restrictedFields,
  scopeOf,
  type TimeSpan,
} from "./rule-scope.ts";

/** What a rule says of one call. */
export const NONE = 0;
export const ATTEMPTED = 1;
export const POSSIBLE = 2;
export const OBTAINED = 3;
/** In scope, but the call failed, or nothing says how it ended. Such calls are counted nowhere and shown apart. */
export const APART_FAILED = 4;
export const APART_UNKNOWN = 5;
/** Of a service of the platform, of which the rule does not speak. */
export const APART_SERVICE = 6;

const [UNKNOWN, ALLOWED, DENIED] = [0, 1, 2] as const;

/** A rule applied to every call. */
export interface Judged {
  readonly rule: Rule;
  readonly cutoff: Micros;
  readonly asOf: Micros;
  /** Positions of the rule's span: outside it every verdict is NONE. */
  readonly from: number;
  readonly to: number;
  /** A verdict a position. */
  readonly verdicts: Uint8Array;
  /** 1 where the rule's scope and span hold the call, whatever its verdict. */
  readonly inside: Uint8Array;
  readonly fields: RestrictedFields;
  readonly consents: Consents;
  /** What the verdict on a call of unknown outcome would be, had it been allowed. */
  readonly whenAllowed: (position: number) => number;
}

/** How many people a call returned, as far as the log says. */
export class ReturnedPeople {
  readonly #people: PersonIndex;
  readonly #list: ArrayLike<number>;
  readonly #count: Float64Array;
  readonly #status: Float64Array;
  readonly #outcome: ArrayLike<number>;

  constructor(dataset: Dataset, people: PersonIndex) {
    this.#people = people;
    this.#list = dataset.columns.codes("subjects");
    this.#count = dataset.columns.numbers("subject_count");
    this.#status = dataset.columns.numbers("status");
    this.#outcome = dataset.columns.codes("outcome");
  }

  /** The list's id in `text_subjects`, 0 where the call lists nobody's id (an empty list beside a count is set aside). */
  listOf(p: number): number {
    const list = this.#list[p] as number;
    return list !== 0 && this.#isEmpty(list) && (this.#count[p] as number) > 0 ? 0 : list;
  }

  /** The count of a call without a list; NaN where the log does not say. 204, 205 and 3xx returned nobody. */
  countOf(p: number): number {
    const count = this.#count[p] as number;
    const status = this.#status[p] as number;
    return Number.isNaN(count) && (status === 204 || status === 205 || (status >= 300 && status < 400)) ? 0 : count;
  }

  /** As `countOf`, and denied and failed calls returned nobody unless the log says otherwise. */
  countOfAny(p: number): number {
    const count = this.countOf(p);
    return Number.isNaN(count) && (this.#outcome[p] as number) >= DENIED ? 0 : count;
  }

  nobody(p: number): boolean {
    const list = this.listOf(p);
    return list === 0 ? this.countOf(p) === 0 : this.#isEmpty(list);
  }

  /** The log itself lists or counts somebody. */
  somebody(p: number): boolean {
    const list = this.listOf(p);
    return list === 0 ? (this.#count[p] as number) > 0 : !this.#isEmpty(list);
  }

  #isEmpty(list: number): boolean {
    return this.#people.startOf(list) === this.#people.endOf(list);
  }
}

/** Decides the level of every call (docs/decisions/05-levels-of-one-call.md): one pass over the span's calls. */
export function judge(
  dataset: Dataset,
  personIndex: PersonIndex,
  returned: ReturnedPeople,
  rule: Rule,
  cutoff: Micros,
  asOf: Micros,
  /** Calls that are judged. Another than the rule's own asks what it would say of calls at other times. */
  span: TimeSpan = { from: cutoff, to: asOf },
): Judged {
  const { columns } = dataset;
  const scope = scopeOf(dataset, rule, cutoff, asOf, span);
  const fields = restrictedFields(dataset, rule);
  const consents = new Consents(dataset, personIndex, rule.consent_permission);
  const fieldsOf = columns.codes("fields");
  const outcomeOf = columns.codes("outcome");
  const appOf = columns.codes("app");
  const time = columns.time;
  const flags = columns.codes("flags");
  const leavesServicesOut = rule.applies_to.caller === undefined;
  const verdicts = new Uint8Array(columns.rows);
  const inside = new Uint8Array(columns.rows);

  const allConsented = (p: number): boolean => {
    const app = appOf[p] as number;
    const list = returned.listOf(p);
    if (list === 0 || !consents.concern(app)) return false;
    const people = personIndex.of(list);
    return people.length > 0 && people.every((person) => consents.covers(person, app, time[p] as number));
  };
  const whenAllowed = (p: number): number => {
    if (returned.nobody(p)) return ATTEMPTED;
    if (allConsented(p)) return NONE;
    return fields.kind[fieldsOf[p] as number] === FIELDS_RESTRICTED ? OBTAINED : POSSIBLE;
  };
  const verdictOf = (p: number): number => {
    const kind = fields.kind[fieldsOf[p] as number] as number;
    const outcome = outcomeOf[p] as number;
    if (kind === FIELDS_OPEN) return NONE;
    if (outcome === DENIED) return allConsented(p) ? NONE : ATTEMPTED;
    if (outcome !== ALLOWED && !(outcome === UNKNOWN && returned.somebody(p)))
      return outcome === UNKNOWN ? APART_UNKNOWN : APART_FAILED;
    return whenAllowed(p);
  };
  const isService = Uint8Array.from({ length: 256 }, (_, bits) => (callerOf(bits) === "service" ? 1 : 0));
  for (let p = scope.from; p < scope.to; p += 1) {
    if (!scope.asks(p)) continue;
    if (scope.means(p)) {
      inside[p] = 1;
      if (scope.counts(p)) verdicts[p] = verdictOf(p);
    } else if (leavesServicesOut && isService[flags[p] as number] === 1 && scope.counts(p)) verdicts[p] = APART_SERVICE;
  }
  return { rule, cutoff, asOf, from: scope.from, to: scope.to, verdicts, inside, fields, consents, whenAllowed };
}

/** Are the call's fields what was asked for, rather than what was returned? */
export const asRequested = (flags: number): boolean => (flags & FLAG.requested) !== 0;
