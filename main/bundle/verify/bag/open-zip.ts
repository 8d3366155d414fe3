import { pipeline, Readable } from "node:stream";
import { crc32, createInflateRaw } from "node:zlib";
import { printable } from "../../../platform/printable-name.ts";
import type { BagFiles } from "../../bag/bag-files.ts";
import { checkShape } from "../../zip/canonical-shape.ts";
import { PinnedDeflate } from "../../zip/pinned-deflate.ts";
import { RandomReader } from "../../zip/random-reader.ts";
import { readDirectory, readLocal, type ZipMember } from "../../zip/read-directory.ts";
import { DEFLATED } from "../../zip/zip-records.ts";

/**
 * A zip opened for verification. `faults` would be wrong in any zip: its two lists of entries disagree, a content does
 * not match its checksum, a name leads out. `deviations` are only not the shape a bundle's zip has. Both grow while
 * contents are read, and are complete after `finish`.
 */
export interface Container {
  readonly faults: readonly string[];
  readonly deviations: readonly string[];
  readonly entries: number;
  /** Names of the files in the order they lie in the zip. */
  readonly order: readonly string[];
  /** The folder that holds the bag, empty if its files lie at the top. */
  readonly top: string;
  /** The bag's files; undefined if nothing in there can be read as one. */
  readonly files: BagFiles | undefined;
  /** Reads what was not read yet, so that every content is compared with its checksum. */
  finish(): Promise<void>;
  close(): Promise<void>;
}

/** A zip that would exceed both limits is a zip bomb and is not unpacked: no evidence compresses so well. */
const BOMB_BYTES = 4 * 2 ** 30;
const BOMB_RATIO = 200;
const CHUNK_BYTES = 1 << 18;
/** A zip with everything wrong needs no longer list of faults. */
const MAX_SENTENCES = 200;

export async function openContainer(target: string): Promise<Container> {
  const file = await RandomReader.open(target);
  try {
    return await readContainer(file);
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function readContainer(file: RandomReader): Promise<Container> {
  const faults: string[] = [];
  const deviations: string[] = [];
  const add = (list: string[]) => (sentence: string) => {
    if (list.length < MAX_SENTENCES && !list.includes(sentence)) list.push(sentence);
  };
  const fault = add(faults);

  const directory = await readDirectory(file, fault);
  const members = directory.members;
  const starts = await checkMembers(file, members, fault);
  await checkShape(file, directory, add(deviations));

  const unread = new Set(starts.keys());
  async function* content(member: ZipMember): AsyncGenerator<Buffer> {
    unread.delete(member);
    let crc = 0;
    let size = 0;
    try {
      const start = starts.get(member) as number;
      const again = member.method === DEFLATED ? new PackedAgain(file, start) : undefined;
      for await (const chunk of unpack(file, member, start)) {
        crc = crc32(chunk, crc);
        size += chunk.length;
        await again?.add(chunk);
        yield chunk;
      }
      if (again && !(await again.isSame(member.packed)))
        add(deviations)(`entry ${printable(member.name)} is not packed as a bundle's are`);
    } catch (error) {
      fault(`the content of ${printable(member.name)} cannot be read: ${(error as Error).message}`);
      throw error;
    }
    if (size !== member.size || crc !== member.crc)
      fault(`the content of ${printable(member.name)} does not match its checksum`);
  }

  const { top, files } = findBag([...starts.keys()], content, fault);
  return {
    faults,
    deviations,
    entries: members.length,
    order: members.map((member) => member.name),
    top,
    files,
    async finish() {
      for (const member of [...unread]) {
        try {
          for await (const _ of content(member));
        } catch {
          // Said by `content`.
        }
      }
    },
    close: () => file.close(),
  };
}

/** Checks what must hold in any zip; gives the members that can be read and where their contents begin. */
async function checkMembers(file: RandomReader, members: ZipMember[], fault: (sentence: string) => void) {
  const starts = new Map<ZipMember, number>();
  const seen = new Set<string>();
  const unpacked = members.reduce((sum, member) => sum + member.size, 0);
  if (unpacked > BOMB_BYTES && unpacked > BOMB_RATIO * file.size) {
    fault(
      `the zip would unpack to ${unpacked} bytes, ${Math.floor(unpacked / file.size)} times its own size: it was not unpacked`,
    );
    return starts;
  }
  let end = 0;
  for (const member of members.toSorted((a, b) => a.offset - b.offset)) {
    const name = printable(member.name);
    const wrong = nameFault(member.name) ?? memberFault(member);
    const local = member.offset < file.size ? await readLocal(file, member.offset) : undefined;
    const start = member.offset + (local?.header.length ?? 0);
    if (wrong !== undefined) fault(`entry ${name} ${wrong}`);
    else if (seen.has(member.name)) fault(`entry ${name} is there twice`);
    else if (local === undefined) fault(`entry ${name} has no readable local header`);
    else if (local.name !== member.name) fault(`entry ${name} is called ${printable(local.name)} in its local header`);
    else if (start + member.packed > file.size) fault(`entry ${name} breaks off: the zip ends before it does`);
    else if (member.offset < end) fault(`entry ${name} overlaps the one before it`);
    else starts.set(member, start);
    seen.add(member.name);
    end = Math.max(end, start + member.packed);
  }
  return starts;
}

function nameFault(name: string): string | undefined {
  if (/[\0\\]/.test(name)) return "has a name with a backslash or a NUL";
  if (name.startsWith("/") || /^[A-Za-z]:/.test(name)) return "has an absolute name";
  const parts = name.replace(/\/$/, "").split("/");
  if (parts.some((part) => part === "" || part === "." || part === "..")) return "has a name that leads elsewhere";
  return undefined;
}

const SYMLINK = 0o120000;
const FILE_TYPE_BITS = 0o170000;

function memberFault(member: ZipMember): string | undefined {
  if ((member.flags & 0x2041) !== 0) return "is encrypted";
  if (((member.attributes >>> 16) & FILE_TYPE_BITS) === SYMLINK) return "is a link";
  if (member.method !== 0 && member.method !== 8) return `is packed by method ${member.method}, which is not read here`;
  if (member.method === 0 && member.packed !== member.size) return "gives two different sizes";
  // Deflate cannot shrink anything further than about 1032 times.
  if (member.size > 1100 * (member.packed + 1)) return `claims to unpack to ${member.size} bytes, which cannot be`;
  return undefined;
}

async function* unpack(file: RandomReader, member: ZipMember, start: number): AsyncGenerator<Buffer> {
  if (member.method === 0) return yield* stored(file, start, member.packed);
  const packed = packedPieces(file, start, member.packed);
  const inflate = createInflateRaw({ chunkSize: CHUNK_BYTES });
  // Its errors, and those of reading, come out of the loop below.
  pipeline(Readable.from(packed), inflate, () => {});
  let size = 0;
  for await (const chunk of inflate as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > member.size) throw new Error("it unpacks to more than it says");
    yield chunk;
  }
}

/** Packs a content again as a bundle's writer does, and compares that with what lies in the zip. */
class PackedAgain {
  readonly #file: RandomReader;
  readonly #deflate = new PinnedDeflate();
  #at: number;
  #packed = 0;
  #isSame = true;

  constructor(file: RandomReader, start: number) {
    this.#file = file;
    this.#at = start;
  }

  async add(chunk: Uint8Array): Promise<void> {
    if (this.#isSame) await this.#compare(this.#deflate.add(chunk));
  }

  async isSame(packed: number): Promise<boolean> {
    if (this.#isSame) await this.#compare(this.#deflate.end());
    return this.#isSame && this.#packed === packed;
  }

  async #compare(pieces: Iterable<Uint8Array>): Promise<void> {
    for (const piece of pieces) {
      const found = await this.#file.read(this.#at, piece.length);
      if (!found.equals(piece)) this.#isSame = false;
      this.#at += piece.length;
      this.#packed += piece.length;
    }
  }
}

/** One array serves for all pieces. */
async function* stored(file: RandomReader, start: number, length: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(Math.min(CHUNK_BYTES, length));
  for (let at = 0; at < length; at += CHUNK_BYTES)
    yield await file.readInto(bytes, start + at, Math.min(CHUNK_BYTES, length - at));
}

/** Whoever unpacks them keeps them for a while. */
async function* packedPieces(file: RandomReader, start: number, length: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < length; at += CHUNK_BYTES)
    yield await file.read(start + at, Math.min(CHUNK_BYTES, length - at));
}

/** The bag in the zip: files at the top if bagit.txt is there, else the one top folder everything lies in. */
function findBag(
  members: ZipMember[],
  content: (member: ZipMember) => AsyncIterable<Buffer>,
  fault: (sentence: string) => void,
) {
  const names = new Set(members.map((member) => member.name));
  const tops = new Map<string, number>();
  for (const name of names) {
    const top = name.includes("/") ? name.slice(0, name.indexOf("/")) : "";
    tops.set(top, (tops.get(top) ?? 0) + 1);
  }
  const [largest] = [...tops.entries()].toSorted((a, b) => b[1] - a[1]);
  if (largest === undefined) return { top: "", files: undefined };
  const holders = [...tops.keys()].filter((top) => top !== "" && names.has(`${top}/bagit.txt`));
  const top = names.has("bagit.txt") ? "" : (holders[0] ?? largest[0]);
  const prefix = top === "" ? "" : `${top}/`;

  const inside = new Map<string, ZipMember>();
  const folders = new Set<string>();
  for (const member of members) {
    if (!member.name.startsWith(prefix)) {
      fault(`entry ${printable(member.name)} lies outside of the bag's folder`);
      continue;
    }
    if (!member.name.endsWith("/")) inside.set(member.name.slice(prefix.length), member);
    const parts = member.name.slice(prefix.length).split("/").slice(0, -1);
    for (const [at] of parts.entries()) folders.add(parts.slice(0, at + 1).join("/"));
  }
  const sizes = new Map([...inside].map(([name, member]) => [name, member.size]));
  return { top, files: { sizes, folders, read: (path: string) => content(inside.get(path) as ZipMember) } };
}
