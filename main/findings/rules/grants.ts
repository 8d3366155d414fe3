import type { Micros } from "../../../shared/base/time.ts";
import type { Rule } from "../../../shared/model/policy.ts";
import type { Grant } from "../../../shared/model/registry.ts";
import type { Dataset } from "../../query/dataset.ts";
import type { Attribution, Owner } from "../../registry/attribution.ts";

interface Held {
  readonly from: Micros;
  readonly until: Micros;
}

/** The grants of one rule's permission: who held it, who still does, whose calls came after it ended. */
export class Grants {
  readonly #attribution: Attribution;
  /** By app; spans of no length held nothing. */
  readonly #held = new Map<string, Held[]>();
  readonly #unregistered: (app: string) => Owner;

  constructor(dataset: Dataset, rule: Rule, unregistered: (app: string) => Owner) {
    this.#attribution = dataset.attribution;
    this.#unregistered = unregistered;
    const exempt = new Set(rule.exempt_apps);
    const ours = (grant: Grant) => grant.permission === rule.permission && !exempt.has(grant.app);
    for (const grant of dataset.registry.grants.filter(ours)) {
      const held = { from: grant.granted_at, until: grant.revoked_at ?? Number.POSITIVE_INFINITY };
      if (held.from >= held.until) continue;
      const before = this.#held.get(grant.app);
      if (before) before.push(held);
      else this.#held.set(grant.app, [held]);
    }
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

  /** Every grant that was held at some instant of [from, until), once an owner: the whole of the grant that lies in its ownership. */
  *holders(from: Micros, until: Micros): Generator<{ readonly owner: Owner; readonly app: string } & Held> {
    for (const [app, spans] of this.#held) {
      for (const held of spans) {
        const begin = Math.max(held.from, from);
        const end = Math.min(held.until, until);
        if (begin >= end) continue;
        const owned = this.#attribution
          .spansOf(app)
          .filter((span) => Math.max(span.from, begin) < Math.min(span.until, end));
        for (const span of owned)
          yield {
            owner: span.owner,
            app,
            from: Math.max(span.from, held.from),
            until: Math.min(span.until, held.until),
          };
        if (!covered(owned, begin, end)) yield { owner: this.#unregistered(app), app, ...held };
      }
    }
  }

  /** The spans in which `ended` holds: after a grant, until the next. */
  endedSpans(app: string): Held[] {
    const spans = [...(this.#held.get(app) ?? [])].sort((a, b) => a.from - b.from);
    const ended: Held[] = [];
    let reached = Number.NEGATIVE_INFINITY;
    for (const held of spans) {
      if (Number.isFinite(reached) && held.from > reached) ended.push({ from: reached, until: held.from });
      reached = Math.max(reached, held.until);
    }
    if (Number.isFinite(reached)) ended.push({ from: reached, until: Number.POSITIVE_INFINITY });
    return ended;
  }

  /** Did the app hold no grant at that time, although one had been given before? */
  ended(app: string, time: Micros): boolean {
    let had = false;
    for (const held of this.#held.get(app) ?? []) {
      if (held.from > time) continue;
      if (time < held.until) return false;
      had = true;
    }
    return had;
  }

  /**
   * By owner id: the latest end of a grant of an app that it owned at that end; left out where an app that it owns at
   * `asOf` holds a grant then.
   */
  revocations(asOf: Micros): Map<string, Micros> {
    const ends = new Map<string, Micros>();
    const holding = new Set<string>();
    for (const [app, spans] of this.#held) {
      for (const held of spans) {
        if (held.from <= asOf && asOf < held.until) holding.add(this.#ownerAt(app, asOf).id);
        if (held.until === Number.POSITIVE_INFINITY) continue;
        const owner = this.#ownerAt(app, held.until).id;
        ends.set(owner, Math.max(held.until, ends.get(owner) ?? Number.NEGATIVE_INFINITY));
      }
    }
    for (const owner of holding) ends.delete(owner);
    return ends;
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
