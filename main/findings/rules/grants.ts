import { idKey } from "../../../shared/base/same-id.ts";
import type { Micros } from "../../../shared/base/time.ts";
import type { Rule } from "../../../shared/model/policy.ts";
import type { Grant } from "../../../shared/model/registry.ts";
import type { Dataset } from "../../query/dataset.ts";
import type { Attribution, Owner } from "../../registry/attribution.ts";

interface GrantSpan {
  readonly from: Micros;
  readonly until: Micros;
}

/** The grants of one rule's permission: who held it, who still does, whose calls came after it ended. */
export class Grants {
  readonly #attribution: Attribution;
  /** An app by its key: as the logs first spell it, else the registry. */
  readonly #spelled = new Map<string, string>();
  /** By app, without spans of no length. */
  readonly #granted = new Map<string, GrantSpan[]>();
  readonly #unregistered: (app: string) => Owner;

  constructor(dataset: Dataset, rule: Pick<Rule, "permission" | "exempt_apps">, unregistered: (app: string) => Owner) {
    this.#attribution = dataset.attribution;
    this.#unregistered = unregistered;
    const exempt = new Set(rule.exempt_apps.map(idKey));
    const ours = (grant: Grant) => grant.permission === rule.permission && !exempt.has(idKey(grant.app));
    for (const app of dataset.columns.dictionary("app").all()) if (app !== undefined) this.#spell(app);
    for (const grant of dataset.registry.grants.filter(ours)) {
      const granted = { from: grant.granted_at, until: grant.revoked_at ?? Number.POSITIVE_INFINITY };
      if (granted.from >= granted.until) continue;
      const app = this.#spell(grant.app);
      const before = this.#granted.get(app);
      if (before) before.push(granted);
      else this.#granted.set(app, [granted]);
    }
  }

  #spell(app: string): string {
    const key = idKey(app);
    const spelled = this.#spelled.get(key);
    if (spelled === undefined) this.#spelled.set(key, app);
    return spelled ?? app;
  }

  #spansOf(app: string): readonly GrantSpan[] {
    return this.#granted.get(this.#spelled.get(idKey(app)) ?? app) ?? [];
  }

  /** Every owner who held the permission at some instant of [from, until), with the apps it held it for. */
  entitled(from: Micros, until: Micros): Map<Owner, Set<string>> {
    const owners = new Map<Owner, Set<string>>();
    for (const { owner, app } of this.holders(from, until)) {
      const apps = owners.get(owner);
      if (apps) apps.add(app);
      else owners.set(owner, new Set([app]));
    }
    return owners;
  }

  /** Every grant in force at some instant of [from, until), once for each owner: the part of the grant that lies in its ownership. */
  *holders(from: Micros, until: Micros): Generator<{ readonly owner: Owner; readonly app: string } & GrantSpan> {
    for (const [app, spans] of this.#granted) {
      for (const granted of spans) {
        const begin = Math.max(granted.from, from);
        const end = Math.min(granted.until, until);
        if (begin >= end) continue;
        const owned = this.#attribution
          .spansOf(app)
          .filter((span) => Math.max(span.from, begin) < Math.min(span.until, end));
        for (const span of owned)
          yield {
            owner: span.owner,
            app,
            from: Math.max(span.from, granted.from),
            until: Math.min(span.until, granted.until),
          };
        if (!covered(owned, begin, end)) yield { owner: this.#unregistered(app), app, ...granted };
      }
    }
  }

  /** The spans in which `ended` holds: after a grant, until the next. */
  endedSpans(app: string): GrantSpan[] {
    const spans = [...this.#spansOf(app)].sort((a, b) => a.from - b.from);
    const ended: GrantSpan[] = [];
    let reached = Number.NEGATIVE_INFINITY;
    for (const granted of spans) {
      if (Number.isFinite(reached) && granted.from > reached) ended.push({ from: reached, until: granted.from });
      reached = Math.max(reached, granted.until);
    }
    if (Number.isFinite(reached)) ended.push({ from: reached, until: Number.POSITIVE_INFINITY });
    return ended;
  }

  /** Did the app hold no grant at that time, although one had been given before? */
  ended(app: string, time: Micros): boolean {
    let had = false;
    for (const granted of this.#spansOf(app)) {
      if (granted.from > time) continue;
      if (time < granted.until) return false;
      had = true;
    }
    return had;
  }

  /** When grants of an app ended, later ones notwithstanding. */
  endsOf(app: string): Micros[] {
    return this.#spansOf(app).flatMap(({ until }) => (Number.isFinite(until) ? [until] : []));
  }

  /**
   * By owner id: the latest end of a grant of an app that it owned at that end; left out where an app that it owns at
   * `asOf` holds a grant then.
   */
  revocations(asOf: Micros): Map<string, Micros> {
    const ends = new Map<string, Micros>();
    for (const [app, spans] of this.#granted) {
      for (const granted of spans) {
        if (granted.until === Number.POSITIVE_INFINITY) continue;
        const owner = this.#ownerAt(app, granted.until).id;
        ends.set(owner, Math.max(granted.until, ends.get(owner) ?? Number.NEGATIVE_INFINITY));
      }
    }
    for (const owner of this.holding(asOf)) ends.delete(owner);
    return ends;
  }

  /** By owner id: who owns an app at `asOf` that holds a grant then. */
  holding(asOf: Micros): Set<string> {
    const holding = new Set<string>();
    for (const [app, spans] of this.#granted)
      if (spans.some(({ from, until }) => from <= asOf && asOf < until)) holding.add(this.#ownerAt(app, asOf).id);
    return holding;
  }

  #ownerAt(app: string, time: Micros): Owner {
    return this.#attribution.registeredOwner(app, time) ?? this.#unregistered(app);
  }
}

function covered(spans: readonly { from: Micros; until: Micros }[], begin: Micros, end: Micros): boolean {
  let reached = begin;
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    if (span.from > reached) return false;
    reached = Math.max(reached, span.until);
  }
  return reached >= end;
}
