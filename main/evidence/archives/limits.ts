import { Refusal } from "../../../shared/base/errors.ts";
import { figure } from "../../../shared/base/figure.ts";

/**
 * How far Exhibit goes in unpacking. What lies beyond is refused as a whole, before its first line is read
 * (resources/help/archives.md).
 */

/** Archives and compressions one inside the other. A `.tar.gz` is two. */
const MAX_LAYERS = 8;
/** Files in one archive, those of archives inside it included. */
const MAX_MEMBERS = 100_000;
/** Bytes that one archive may unpack to, every layer counted: 1 TiB. */
const MAX_UNPACKED_BYTES = 2 ** 40;
/** Bytes out for each byte in. Real logs pack to a fiftieth, a bomb to a thousandth and less. */
const MAX_RATIO = 500;
/** Up to here the ratio is not checked: a small file of equal lines is no bomb. 64 MiB. */
const RATIO_EXEMPT_BYTES = 64 << 20;

const size = (bytes: number) =>
  bytes >= 2 ** 30 ? `${Math.round(bytes / 2 ** 30)} GiB` : `${Math.round(bytes / 2 ** 20)} MiB`;

/** What one archive has used up of the limits. */
export class Allowance {
  #bytesLeft: number;
  readonly #name: string;
  readonly #maxBytes: number;
  #members = 0;

  /** `packed`: bytes of the file as it was given. */
  constructor(name: string, packed: number) {
    this.#name = name;
    this.#maxBytes = Math.min(MAX_UNPACKED_BYTES, Math.max(RATIO_EXEMPT_BYTES, packed * MAX_RATIO));
    this.#bytesLeft = this.#maxBytes;
  }

  /** Bytes that have been unpacked. @throws Refusal `archive-limit` */
  unpack(bytes: number): void {
    this.#bytesLeft -= bytes;
    this.foresee(0);
  }

  /** What an archive says of itself is believed for refusing it, and checked all the same. @throws Refusal `archive-limit` */
  foresee(bytes: number): void {
    if (bytes > this.#bytesLeft)
      throw this.#over(
        this.#maxBytes === MAX_UNPACKED_BYTES
          ? `unpacks to more than ${size(MAX_UNPACKED_BYTES)}`
          : `unpacks to more than ${size(this.#maxBytes)}, over ${MAX_RATIO} times its own size`,
      );
  }

  /** @throws Refusal `archive-limit` */
  member(): void {
    if (++this.#members > MAX_MEMBERS) throw this.#over(`holds more than ${figure(MAX_MEMBERS)} files`);
  }

  /** @throws Refusal `archive-limit` */
  layer(depth: number): void {
    if (depth > MAX_LAYERS) throw this.#over(`is packed more than ${MAX_LAYERS} times over`);
  }

  overlap(): Refusal {
    return this.#over("names the same bytes as several files");
  }

  #over(how: string): Refusal {
    return new Refusal(
      "archive-limit",
      `${this.#name} ${how}. Nothing of it was imported`,
      "unpack it by hand where that is safe, and import what is in it",
    );
  }
}
