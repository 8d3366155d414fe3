import { LRUCache } from "lru-cache";
import type { OpenedBundle } from "../../bundle/review/open-bundle.ts";
import type { Case } from "../../case/case.ts";
import { Inquiry } from "../../findings/inquiry.ts";
import { Selection, select } from "../../query/results/selection.ts";
import { sorted, sortOf } from "../../query/results/sort.ts";
import { SelectionCache } from "./selection-cache.ts";

const MAX_REMEMBERED = 64;

/** One open case and what was worked out of it (columns, verdicts, selections), kept until an act changes what it rests on. */
export class Session {
  readonly caseFile: Case;
  #inquiry: Inquiry | undefined;
  readonly #selections = new SelectionCache();
  readonly #remembered = new LRUCache<string, { readonly value: unknown }>({ max: MAX_REMEMBERED });
  #revision = 0;

  /** Of a bundle that is open as a case: what it says of the whole one that it comes from. */
  readonly known: OpenedBundle["known"] | undefined;

  constructor(caseFile: Case, known?: OpenedBundle["known"]) {
    this.caseFile = caseFile;
    this.known = known;
  }

  get inquiry(): Inquiry {
    if (this.#inquiry && !this.#inquiry.dataset.columns.isCurrent()) this.forget();
    this.#inquiry ??= this.#inquire();
    return this.#inquiry;
  }

  /** What is worked out already and still holds. */
  get inquiryWorkedOut(): Inquiry | undefined {
    return this.#inquiry?.dataset.columns.isCurrent() ? this.#inquiry : undefined;
  }

  /** The record of acts: of a bundle that is open as a case, that of the case that it comes from. */
  get custody(): Pick<Case, "db"> {
    return this.known?.custody ?? this.caseFile;
  }

  #inquire(): Inquiry {
    const inquiry = new Inquiry(this.caseFile, this.known);
    if (this.known?.holders) inquiry.dataset.holders = this.known.holders;
    return inquiry;
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
    let kept = this.#remembered.get(key);
    if (!kept) {
      kept = { value: make() };
      this.#remembered.set(key, kept);
    }
    return kept.value as T;
  }

  /** @throws Refusal `filter-wrong`, `policy-missing`, `column-unknown` */
  selection(filter: string, sort?: string): Selection {
    const { dataset } = this.inquiry;
    return this.#selections.get(filter, sort, () =>
      sort === undefined ? select(dataset, filter) : this.#arranged(filter, sort),
    );
  }

  #arranged(filter: string, sort: string): Selection {
    const order = sortOf(sort);
    const selection = this.selection(filter);
    return new Selection(filter, selection.set, sorted(this.inquiry.dataset, selection.positions, order));
  }
}
