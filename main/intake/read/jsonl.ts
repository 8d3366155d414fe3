import type { Batch } from "./batch.ts";
import type { KeyTable } from "./field-slots.ts";
import { JsonScanner } from "./json.ts";
import { skipPrefix } from "./line-prefix.ts";
import { LineReader } from "./lines.ts";

const COMMA = 44;
const OPEN = 123;

/** JSON lines: an object a line, also with the comma behind it that a list has, and behind what a container runtime puts before it. */
export class JsonLinesReader extends LineReader {
  readonly #scanner: JsonScanner;

  constructor(keys: KeyTable, inputs: number) {
    super();
    this.#scanner = new JsonScanner(keys, inputs, true);
  }

  override begin(batch: Batch): void {
    batch.bytes[batch.to] = 0;
    this.#scanner.setBytes(batch.bytes, batch.spans);
  }

  /** Nothing but space behind the object: the line's end need not be looked for. */
  protected override recordEnd(batch: Batch, start: number): number {
    if (batch.bytes[start] !== OPEN) return -1;
    batch.clearRow();
    const end = this.#scanner.object(start, batch.rows * batch.inputs * 2);
    return end < 0 ? -1 : this.#scanner.skipSpace(end);
  }

  protected line(batch: Batch, start: number, end: number): string | undefined {
    const scanner = this.#scanner;
    batch.clearRow();
    let from = scanner.skipSpace(start);
    if (batch.bytes[from] !== OPEN) from = scanner.skipSpace(skipPrefix(batch.bytes, from, end));
    const objectEnd = scanner.object(from, batch.rows * batch.inputs * 2);
    if (objectEnd >= 0) {
      const at = scanner.skipSpace(objectEnd);
      if (at === end || (batch.bytes[at] === COMMA && scanner.skipSpace(at + 1) === end)) return undefined;
      return `not JSON: something follows the object at byte ${at - start + 1}`;
    }
    if (scanner.failedAt !== from) return `not JSON at byte ${scanner.failedAt - start + 1}`;
    const valueEnd = scanner.value(from);
    return valueEnd >= 0 && scanner.skipSpace(valueEnd) === end
      ? "JSON, but not an object"
      : `not JSON at byte ${scanner.failedAt - start + 1}`;
  }
}
