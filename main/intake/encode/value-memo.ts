/** What each number of a dictionary became in another, by number. 0: not computed yet. */
export class ValueMemo {
  values = new Int32Array(0);
  /** Of lists: how many words for no value were left out of them. */
  readonly words = new Map<number, number>();
  #fromGeneration = 0;
  #toGeneration = 0;

  /** Forgets when one of the dictionaries it stands between has forgotten. */
  fit(size: number, from: number, to = 0): void {
    if (from !== this.#fromGeneration || to !== this.#toGeneration) {
      this.#fromGeneration = from;
      this.#toGeneration = to;
      this.values.fill(0);
      this.words.clear();
    }
    if (size >= this.values.length) {
      const values = new Int32Array(Math.max(size + 1, this.values.length * 2, 32));
      values.set(this.values);
      this.values = values;
    }
  }
}
