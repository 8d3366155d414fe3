import { LRUCache } from "lru-cache";
import { Refusal } from "../../shared/base/errors.ts";
import type { ResolveContext } from "../../shared/filter/resolve.ts";
import type { Registry } from "../../shared/model/registry.ts";
import type { Case } from "../case/case.ts";
import { Attribution } from "../registry/attribution.ts";
import { loadRegistry } from "../registry/load.ts";
import { Columns } from "./columns/columns.ts";
import type { EventSet } from "./columns/event-set.ts";
import { demandTables } from "./demand-tables.ts";
import { type OwnerColumn, ownerColumn } from "./event-owners.ts";
import { spelledAsLogged } from "./registry-spelling.ts";

/** Bytes of the masks that are kept, and how many at most, however small they are. */
const ROOM = 64 * 1024 * 1024;
const MAX_MASKS = 1_000;

/** What the findings folder, later on the way, knows of each event; a filter may name it. */
export interface Judgement {
  /** Bits per position: 1 attempted, 2 possible, 4 obtained, under any rule. */
  levels(): Uint8Array;
  /** The events that count in a finding whose rule, developer or disposition passes. */
  findings(passes: (word: string) => boolean): EventSet;
}

/**
 * Everything a question is asked of: the columns and, joined when they are read, the registry. Made anew after an import
 * or a registry change; tags and notes are read from the case at each question.
 */
export class Dataset {
  readonly caseFile: Case;
  readonly columns: Columns;
  readonly registry: Registry;
  readonly attribution: Attribution;
  /** Cutoff and as-of of the case's policy, for filters that name them. */
  times: ResolveContext = {};
  judgement: Judgement | undefined;
  /** Whom an app without a registered owner counts for, by its key, where the calls here cannot tell: those of a dossier. */
  holders: ReadonlyMap<string, string> | undefined;
  readonly #masks = new LRUCache<string, EventSet>({ max: MAX_MASKS });
  #owners: OwnerColumn | undefined;

  /**
   * `beside`: one of the same calls and registry, which another policy is held against; they are not read again. `asItWas`: the
   * case's tables are those of an earlier act, so that the registry is its own, and no later act tells of them.
   */
  constructor(caseFile: Case, beside?: Dataset, asItWas = false) {
    this.caseFile = caseFile;
    if (beside === undefined && !asItWas) demandTables(caseFile);
    this.columns = beside?.columns ?? Columns.open(caseFile);
    const same = asItWas ? undefined : beside;
    this.registry = same?.registry ?? spelledAsLogged(loadRegistry(caseFile.db), this.columns);
    this.attribution = same?.attribution ?? new Attribution(this.registry);
    this.#owners = same?.owners;
  }

  /** @throws Refusal `policy-missing`: `level:` and `finding:` mean nothing without a policy */
  get judged(): Judgement {
    if (!this.judgement) {
      throw new Refusal(
        "policy-missing",
        "`level:` and `finding:` need a policy, and the case has none",
        "load one with `exhibit policy CASE POLICY.json`",
      );
    }
    return this.judgement;
  }

  get owners(): OwnerColumn {
    this.#owners ??= ownerColumn(this.columns, this.attribution);
    return this.#owners;
  }

  /** A mask that nobody changes, worked out once as long as there is room; of those kept the one not used for longest goes. */
  kept(key: string, make: () => EventSet): EventSet {
    const known = this.#masks.get(key);
    if (known) return known;
    const set = make();
    this.#masks.set(key, set);
    while (this.#masks.size * set.bytes > ROOM && this.#masks.size > 1) this.#masks.pop();
    return set;
  }
}
