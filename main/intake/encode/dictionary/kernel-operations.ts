import { Region } from "./kernel.ts";
import type { KernelDictionary } from "./kernel-dictionary.ts";

/** Methods whose word the kernel knows, and bytes for each, the first of which is the word's length + 1 (kernels/routes.ts). */
const VERBS = 64;
const VERB_BYTES = 64;

/** By row. */
type Numbers = Readonly<Record<"path" | "method" | "operation", Int32Array>>;

/** Operations from methods and paths, made by the kernel from the dictionaries' bytes. */
export class KernelOperations {
  readonly #operations: KernelDictionary;
  readonly #paths: KernelDictionary;
  readonly #withMethod: boolean;
  readonly #codes = new Region();
  readonly #verbs = new Region();
  #count = 0;

  constructor(operations: KernelDictionary, paths: KernelDictionary, withMethod: boolean) {
    this.#operations = operations;
    this.#paths = paths;
    this.#withMethod = withMethod;
    this.forgetVerbs();
  }

  /** Takes the numbers of a batch's paths, methods and operations in. */
  begin({ path, method, operation }: Numbers, count: number): void {
    const { kernel } = this.#operations;
    const at = this.#codes.fit(kernel.exports, count * 12) >>> 2;
    kernel.refresh();
    [path, method, operation].forEach((codes, index) => {
      kernel.ints.set(codes.subarray(0, count), at + index * count);
    });
    this.#count = count;
  }

  /**
   * Fills in operations from row `from` on. Gives the row at which it stopped because it does not know its method's word, or the
   * number of rows.
   */
  fill(from: number, out: Int32Array): number {
    const { kernel, at } = this.#operations;
    const count = this.#count;
    const codes = this.#codes.at;
    const to = kernel.exports.routes(at, this.#paths.at, codes, count, this.#verbs.at, this.#withMethod ? 1 : 0, from);
    kernel.refresh();
    const said = (codes >>> 2) + count * 2;
    out.set(kernel.ints.subarray(said + from, said + to), from);
    return to;
  }

  /** Makes a method's word known. False where there is no room for it. */
  learnVerb(method: number, verb: Uint8Array): boolean {
    if (method >= VERBS || verb.length >= VERB_BYTES) return false;
    const { u8 } = this.#operations.kernel;
    const at = this.#verbs.at + method * VERB_BYTES;
    u8[at] = verb.length + 1;
    u8.set(verb, at + 1);
    return true;
  }

  /** The numbers of methods begin anew. */
  forgetVerbs(): void {
    const { kernel } = this.#operations;
    const at = this.#verbs.fit(kernel.exports, VERBS * VERB_BYTES);
    kernel.refresh();
    kernel.u8.fill(0, at, at + VERBS * VERB_BYTES);
  }

  close(): void {
    const { exports } = this.#operations.kernel;
    this.#codes.release(exports);
    this.#verbs.release(exports);
  }
}
