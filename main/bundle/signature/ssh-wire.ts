/** Length-prefixed byte strings, RFC 4251 section 5: the stuff SSH keys and signatures are made of. */
export function sshString(value: Uint8Array | string): Buffer {
  const bytes = typeof value === "string" ? Buffer.from(value, "utf8") : value;
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** Reads what `sshString` writes; a length that points past the end throws RangeError. */
export class SshReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get rest(): Buffer {
    return this.#bytes.subarray(this.#at);
  }

  read(length: number): Buffer {
    if (length > this.#bytes.length - this.#at) throw new RangeError("a length points past the end");
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  uint32(): number {
    return this.read(4).readUInt32BE();
  }

  string(): Buffer {
    return this.read(this.uint32());
  }

  text(): string {
    return this.string().toString("utf8");
  }
}
