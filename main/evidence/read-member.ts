import type { Prefix, TakenFile, Taker } from "./read-file.ts";
import { openSteps, type Packed } from "./unpack-steps.ts";

const BLOCK = 1 << 20;

export interface MemberOrder extends Packed {
  /** In the content: where to go on. */
  readonly offset: number;
}

/** Reads a member from where an import stands. Evidence does not change: nothing is hashed or copied again. */
export class MemberTaking {
  #prefix: Prefix = { bytes: 0, sha256: "" };

  /** Bytes of the content read so far. */
  position(): Prefix {
    return this.#prefix;
  }

  async run(order: MemberOrder, taker: Taker): Promise<TakenFile> {
    const content = openSteps(order.evidence, order.store, order.steps);
    try {
      for (let at = order.offset; at < content.bytes; ) {
        const piece = content.read(at, BLOCK);
        at += piece.length;
        this.#prefix = { bytes: at, sha256: order.sha256 };
        await taker.push(piece);
      }
      await taker.end();
      return { sha256: order.sha256, bytes: order.bytes, contentBytes: content.bytes };
    } finally {
      content.close();
    }
  }
}
