import { Refusal } from "../../../shared/base/errors.ts";
import { parse } from "../../../shared/filter/parse.ts";
import { resolve } from "../../../shared/filter/resolve.ts";
import type { Filter } from "../../../shared/filter/tree.ts";
import type { Codes } from "../columns/column-types.ts";
import type { EventSet } from "../columns/event-set.ts";
import type { Dataset } from "../dataset.ts";
import { evaluate } from "../filter/evaluate.ts";
import { tally } from "./tally.ts";

/** Up to this many rows from the start are found without computing all positions. */
const MAX_SCANNED_ROWS = 1000;

/** The result of a filter: positions in the order of all answers. Counting, paging and tagging are array accesses. */
export class Selection {
  readonly filter: string;
  readonly set: EventSet;
  readonly count: number;
  #positions: Uint32Array | undefined;

  /** @param positions in another order than that of the columns */
  constructor(filter: string, set: EventSet, positions?: Uint32Array) {
    this.filter = filter;
    this.set = set;
    this.count = positions?.length ?? set.count;
    this.#positions = positions;
  }

  get bytes(): number {
    return this.set.bytes + (this.#positions?.byteLength ?? 0);
  }

  get positions(): Uint32Array {
    this.#positions ??= this.set.positions(new Uint32Array(this.count));
    return this.#positions;
  }

  /** How often each dictionary number of a column occurs. `size`: one more than the highest number. */
  tally(codes: Codes, size: number): Uint32Array {
    return tally(codes, this.lent(), size);
  }

  /** The positions in a shared array, for work without a pause: they are valid until another selection uses the array. */
  lent(): Uint32Array {
    return this.#positions ?? room.lend(this);
  }

  /** The positions of a page. The first ones are there before all are. */
  page(offset: number, limit: number): Uint32Array {
    const to = offset + limit;
    const from = this.#positions === undefined && to <= MAX_SCANNED_ROWS ? this.set.first(to) : this.positions;
    return from.subarray(offset, to);
  }
}

/** The array shared by all selections, for one at a time. Positions need megabytes; a new array each time was most of the garbage. */
class Room {
  #numbers = new Uint32Array();
  #positions: Uint32Array = this.#numbers;
  #tenant: Selection | undefined;

  lend(selection: Selection): Uint32Array {
    if (this.#tenant !== selection) {
      if (this.#numbers.length < selection.count) this.#numbers = new Uint32Array(selection.set.rows);
      this.#positions = selection.set.positions(this.#numbers);
      this.#tenant = selection;
    }
    return this.#positions;
  }
}

const room = new Room();

/** @throws Refusal `filter-wrong`, `policy-missing` */
export function select(dataset: Dataset, filter: string): Selection {
  const tree = parse(filter);
  if (dataset.judgement === undefined) demandNoLevel(tree, filter);
  return new Selection(filter, evaluate(resolve(tree, dataset.times), dataset));
}

/** Said with its place, as of `cutoff`. */
function demandNoLevel(node: Filter, text: string): void {
  if (node.kind === "not") demandNoLevel(node.term, text);
  else if (node.kind === "and" || node.kind === "or") for (const term of node.terms) demandNoLevel(term, text);
  else if (node.kind === "field" && (node.field === "level" || node.field === "finding")) {
    const position = Array.from(text.slice(0, node.at - 1)).length + 1;
    const what = `at ${position}: \`${node.field}:\` needs a policy, and the case has none`;
    throw new Refusal("policy-missing", what, "load one with `exhibit policy CASE POLICY.json`", { position });
  }
}
