import { Refusal } from "../../../shared/base/errors.ts";
import { CONTRACT, type Hooks, type Input, type Reply, type RequestName } from "../../../shared/contract/contract.ts";
import type { Case } from "../../case/case.ts";
import { Inquiry } from "../../findings/inquiry.ts";
import { faultOf } from "../../platform/system-errors.ts";
import { Selection, select } from "../../query/results/selection.ts";
import { sorted, sortOf } from "../../query/results/sort.ts";
import { HANDLERS } from "../dispatch.ts";

/** Selections kept at least, and bytes that more of them may take. */
const KEPT = 4;
const ROOM = 64 * 1024 * 1024;
const REMEMBERED = 64;

/**
 * Answers every request about one open case. What it works out (columns, verdicts, selections) is kept until an act
 * changes what it rests on.
 */
export class Engine {
  readonly place: Case;
  #inquiry: Inquiry | undefined;
  /** By filter and order; the last few, for paging. */
  readonly #selections = new Map<string, Selection>();
  readonly #remembered = new Map<string, unknown>();
  #revision = 0;

  constructor(place: Case) {
    this.place = place;
  }

  /** @throws Refusal always, never a bare error: what it says is for the user */
  async ask<Name extends RequestName>(name: Name, input: Input<Name>, hooks: Hooks = {}): Promise<Reply<Name>> {
    const parsed = CONTRACT[name].input.safeParse(input);
    if (!parsed.success)
      throw new Refusal(
        "usage",
        `The request ${name} is not well formed (${parsed.error.issues[0]?.message ?? "unknown"})`,
        "ask again",
      );
    try {
      const handler = HANDLERS[name] as (
        engine: Engine,
        input: unknown,
        hooks: Hooks,
      ) => Reply<Name> | Promise<Reply<Name>>;
      return await handler(this, parsed.data, hooks);
    } catch (error) {
      throw faultOf(error, this.place.folder) ?? error;
    }
  }

  get inquiry(): Inquiry {
    if (this.#inquiry && !this.#inquiry.world.columns.isCurrent()) this.forget();
    this.#inquiry ??= new Inquiry(this.place);
    return this.#inquiry;
  }

  /** Raised whenever the rows of a filter may have changed: row numbers hold as long as it stays. */
  get revision(): number {
    return this.#revision;
  }

  /** Events, registry or policy changed: everything is worked out anew when it is next asked for. */
  forget(): void {
    this.#inquiry = undefined;
    this.forgetSelections();
  }

  /** Tags, notes or decisions changed: events and verdicts stay. */
  forgetSelections(): void {
    this.#selections.clear();
    this.#remembered.clear();
    this.#revision += 1;
  }

  /** Worked out once, until an act changes what it rests on; the last few. */
  remembered<T>(key: string, make: () => T): T {
    const value = this.#remembered.has(key) ? (this.#remembered.get(key) as T) : make();
    this.#remembered.delete(key);
    if (this.#remembered.size >= REMEMBERED) this.#remembered.delete(this.#remembered.keys().next().value as string);
    this.#remembered.set(key, value);
    return value;
  }

  selection(filter: string, sort?: string): Selection {
    const { world } = this.inquiry;
    const key = JSON.stringify([filter, sort]);
    let selection = this.#selections.get(key);
    if (!selection) {
      selection = sort === undefined ? select(world, filter) : this.#arranged(filter, sort);
    } else this.#selections.delete(key);
    this.#selections.set(key, selection);
    let bytes = 0;
    for (const each of this.#selections.values()) bytes += each.bytes;
    for (const [oldest, { bytes: freed }] of this.#selections) {
      if (bytes <= ROOM || this.#selections.size <= KEPT) break;
      this.#selections.delete(oldest);
      bytes -= freed;
    }
    return selection;
  }

  #arranged(filter: string, sort: string): Selection {
    const order = sortOf(sort);
    const selection = this.selection(filter);
    return new Selection(filter, selection.mask, sorted(this.inquiry.world, selection.positions, order));
  }
}
