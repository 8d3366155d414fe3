import { idKey } from "../../shared/base/same-id.ts";
import type { Micros } from "../../shared/base/time.ts";
import type { App, Developer, Registry } from "../../shared/model/registry.ts";
import { developerKey } from "./decided/joined.ts";

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
  /** In small letters; null: several developers bear the name, so that it names none of them. */
  readonly #byName = new Map<string, Developer | null>();
  readonly #byId = new Map<string, Developer>();
  readonly #spans = new Map<string, Ownership[]>();
  readonly #appNames = new Map<string, string>();
  /** For whom those count who were joined to another by hand, by key. */
  readonly #joined: ReadonlyMap<string, string>;

  constructor(registry: Registry) {
    this.#joined = new Map(registry.joined?.map(({ developer_id, into }) => [developerKey(developer_id), into]));
    for (const developer of registry.developers) {
      this.#byId.set(idKey(developer.developer_id), developer);
      const name = (developer.developer ?? "").toLowerCase();
      if (name) this.#byName.set(name, this.#byName.has(name) ? null : developer);
    }
    for (const app of registry.apps) this.#addSpan(app);
    // The latest start first: where two spans overlap, the later owner counts.
    for (const spans of this.#spans.values()) spans.sort((a, b) => b.from - a.from);
  }

  #addSpan(app: App): void {
    const key = idKey(app.app);
    if (app.app_name && !this.#appNames.has(key)) this.#appNames.set(key, app.app_name);
    if (app.developer_id === undefined) return;
    const span = {
      owner: this.#registered(app.developer_id),
      from: app.owned_from ?? Number.NEGATIVE_INFINITY,
      until: app.owned_until ?? Number.POSITIVE_INFINITY,
    };
    const spans = this.#spans.get(key);
    if (spans) spans.push(span);
    else this.#spans.set(key, [span]);
  }

  #owner(id: string, name: string, shown?: string): Owner {
    const other = this.#joined.get(developerKey(id));
    if (other !== undefined) return this.#ownerOf(other);
    let owner = this.#owners.get(id);
    if (!owner) {
      owner = shown === undefined ? { id, name } : { id, name, shown };
      this.#owners.set(id, owner);
    }
    return owner;
  }

  /** The developer that others are joined to, which is joined to none itself. */
  #ownerOf(id: string): Owner {
    if (!id.startsWith("name:")) return this.#registered(id);
    const name = id.slice("name:".length);
    const match = this.#developer(name);
    // A registered developer that bears the name by now, unless it was joined itself: that would have no end.
    return match && !this.#joined.has(developerKey(match.developer_id))
      ? this.#registered(match.developer_id)
      : this.#owner(id, name, name);
  }

  /** For whom counts what was said of a developer: itself, unless it was joined to another. */
  idNow(id: string): string {
    const other = this.#joined.get(developerKey(id));
    return other === undefined ? id : this.#ownerOf(other).id;
  }

  /** An owner by id; by name where a list of apps names its owners so. */
  #registered(written: string): Owner {
    const developer = this.#developer(written);
    const id = developer?.developer_id ?? written;
    const name = developer?.developer ?? id;
    return this.#owner(id, name, name);
  }

  #developer(written: string): Developer | undefined {
    return this.#byId.get(idKey(written)) ?? this.#byName.get(written.toLowerCase()) ?? undefined;
  }

  /** Every span of ownership of an app, the latest first. */
  spansOf(app: string): readonly Ownership[] {
    return this.#spans.get(idKey(app)) ?? [];
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
    if (app !== undefined) return this.#owner(`app:${app}`, this.#appNames.get(idKey(app)) ?? app);
    return this.#owner("unknown", "unknown");
  }

  /** The developer a log names: matched to the registry by id, then by name in any case where one alone bears it. */
  named(logged: string): Owner {
    const match = this.#developer(logged);
    return match ? this.#registered(match.developer_id) : this.#owner(`name:${logged}`, logged, logged);
  }
}
