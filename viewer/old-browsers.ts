/** What browsers of five years ago lack of what the shared code uses: Safari before 15.4 knows none of these. */
function add(on: object, name: string, method: (this: never, ...given: never[]) => unknown): void {
  if (!(name in on)) Object.defineProperty(on, name, { value: method, writable: true, configurable: true });
}

function at(this: ArrayLike<unknown>, index: number): unknown {
  return this[index < 0 ? this.length + index : index];
}

add(Object, "hasOwn", (object: object, key: PropertyKey) => Object.hasOwn(object, key));
add(Array.prototype, "at", at);
add(String.prototype, "at", at);
add(Array.prototype, "findLast", function findLast(this: unknown[], passes: (value: unknown) => boolean) {
  return this.slice().reverse().find(passes);
} as never);
