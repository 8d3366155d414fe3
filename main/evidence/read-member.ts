import type { ByteSink, EvidenceFile, Prefix } from "./read-file.ts";
import { openSteps, type Packed } from "./unpack-steps.ts";

/** Bytes read at once. */
const PIECE_BYTES = 1 << 20;

export interface ReadMemberOrder extends Packed {
  /** In the content: where to go on. */
  readonly offset: number;
}

/** Reads a member from where an import stands. Evidence does not change: nothing is hashed or copied again. */
export class MemberReader {
  #prefix: Prefix = { bytes: 0, sha256: "" };

  /** Bytes of the content read so far. */
  position(): Prefix {
    return this.#prefix;
  }

  async run(order: ReadMemberOrder, sink: ByteSink): Promise<EvidenceFile> {
    const content = openSteps(order.evidence, order.store, order.steps);
    try {
      for (let at = order.offset; at < content.bytes; ) {
        const piece = content.read(at, PIECE_BYTES);
        at += piece.length;
        this.#prefix = { bytes: at, sha256: order.sha256 };
        await sink.push(piece);
      }
      await sink.end();
      return { sha256: order.sha256, bytes: order.bytes, contentBytes: content.bytes };
    } finally {
      content.close();
    }
  }
}
