import type { Micros } from "../../shared/base/time.ts";
import type { App, Developer, Registry } from "../../shared/model/registry.ts";

/** Whom a call counts for. `id`: a registered developer_id, else `name:NAME`, `app:ID` or `unknown`. */
export interface Owner {
  readonly id: string;
  readonly name: string;
  /** What the event's `developer` field says: absent for `app:ID` and `unknown`, of whom nobody knows a name. */
  readonly shown?: string;
}

export interface Ownership {
  readonly owner: Owner;
  readonly from: Micros;
  readonly until: Micros;
}

/** Answers who owned an app when, from the registry and the log's own word (docs/decisions/08-who-a-call-belongs-to.md). */
export class Attribution {
  readonly #owners = new Map<string, Owner>();
  readonly #byName = new Map<string, Developer>();
  readonly #byId = new Map<string, Developer>();
  readonly #spans = new Map<string, Ownership[]>();
  readonly #appNames = new Map<string, string>();

  constructor(registry: Registry) {
    for (const developer of registry.developers) {
      this.#byId.set(developer.developer_id, developer);
      const name = (developer.developer ?? "").toLowerCase();
      if (name && !this.#byName.has(name)) this.#byName.set(name, developer);
    }
    for (const app of registry.apps) this.#addSpan(app);
    // The latest start first: where two spans overlap, the later owner counts.
    for (const spans of this.#spans.values()) spans.sort((a, b) => b.from - a.from);
  }

  #addSpan(app: App): void {
    if (app.app_name && !this.#appNames.has(app.app)) this.#appNames.set(app.app, app.app_name);
    if (app.developer_id === undefined) return;
    const span = {
      owner: this.#registered(app.developer_id),
      from: app.owned_from ?? Number.NEGATIVE_INFINITY,
      until: app.owned_until ?? Number.POSITIVE_INFINITY,
    };
    const spans = this.#spans.get(app.app);
    if (spans) spans.push(span);
    else this.#spans.set(app.app, [span]);
  }

  #owner(id: string, name: string, shown?: string): Owner {
    let owner = this.#owners.get(id);
    if (!owner) {
      owner = shown === undefined ? { id, name } : { id, name, shown };
      this.#owners.set(id, owner);
    }
    return owner;
  }

  #registered(id: string): Owner {
    const name = this.#byId.get(id)?.developer ?? id;
    return this.#owner(id, name, name);
  }

  /** Every span of ownership of an app, the latest first. */
  spansOf(app: string): readonly Ownership[] {
    return this.#spans.get(app) ?? [];
  }

  /** Apps with a registered owner at any time. */
  get ownedApps(): IterableIterator<string> {
    return this.#spans.keys();
  }

  /** The registered owner at that time, undefined where there was none. */
  registeredOwner(app: string, time: Micros): Owner | undefined {
    for (const span of this.spansOf(app)) if (span.from <= time && time < span.until) return span.owner;
    return undefined;
  }

  /** Whom an app without a registered owner belongs to. */
  unregisteredOwner(app: string | undefined, logged: string | undefined): Owner {
    if (logged !== undefined && logged !== "") return this.named(logged);
    if (app !== undefined) return this.#owner(`app:${app}`, this.#appNames.get(app) ?? app);
    return this.#owner("unknown", "unknown");
  }

  /** The developer a log names: matched to the registry by id, then by name in any case. */
  named(logged: string): Owner {
    const match = this.#byId.get(logged) ?? this.#byName.get(logged.toLowerCase());
    return match ? this.#registered(match.developer_id) : this.#owner(`name:${logged}`, logged, logged);
  }
}
