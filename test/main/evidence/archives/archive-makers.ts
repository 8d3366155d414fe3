import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { expect } from "vitest";
import { type Contents, walkArchive } from "../../../../main/evidence/archives/unpack-archive.ts";
import { openSteps } from "../../../../main/evidence/unpack-steps.ts";
import { openFile } from "../../../../main/platform/byte-source.ts";
import { temporaryFolder } from "../../../temporary.ts";

/** Archives written here byte by byte, so that a bare machine tests them too, and wrong ones can be made. */

export interface Made {
  readonly name: string;
  readonly data?: Buffer | string;
  /** tar: the type flag; zip: the method. */
  readonly type?: string;
  readonly method?: number;
  readonly flags?: number;
  readonly mode?: number;
  /** Said instead of the truth. */
  readonly size?: number;
  readonly crc?: number;
}

export function tarOf(members: readonly Made[]): Buffer {
  const blocks = members.flatMap(({ name, data = "", type = "0", size }) => {
    const bytes = Buffer.from(data);
    const header = Buffer.alloc(512);
    header.write(name, 0, 100);
    header.write("0000644\0", 100);
    header.write(`${(size ?? bytes.length).toString(8).padStart(11, "0")}\0`, 124);
    header.write(`${(1_522_800_000).toString(8)}\0`, 136);
    header.write("        ", 148);
    header.write(type, 156);
    header.write("ustar\0", 257);
    header.write("00", 263);
    const sum = header.reduce((all, byte) => all + byte, 0);
    header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
    return [header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

export function zipOf(members: readonly Made[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, data = "", method = 8, flags = 0x800, mode = 0o100644, size, crc } of members) {
    const bytes = Buffer.from(data);
    const packed = method === 8 ? zlib.deflateRawSync(bytes) : method === 93 ? zlib.zstdCompressSync(bytes) : bytes;
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt16LE((38 << 9) | (4 << 5) | 4, 8);
    common.writeUInt32LE(crc ?? zlib.crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(size ?? bytes.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), common, Buffer.from(name), packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE((mode << 16) >>> 0, 6);
    rest.writeUInt32LE(at, 10);
    directory.push(Buffer.from("PK\x01\x02\x14\x03"), common, rest, Buffer.from(name));
    files.push(local);
    at += local.length;
  }
  return Buffer.concat([...files, ...directory, zipEnd(members.length, Buffer.concat(directory).length, at)]);
}

export function zipEnd(count: number, size: number, at: number): Buffer {
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06");
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(at, 16);
  return end;
}

/** Unpacks bytes as an archive of that name. */
export async function walked(bytes: Buffer, name = "archive"): Promise<Contents & { read(path: string): Buffer }> {
  const folder = temporaryFolder();
  const file = path.join(folder, name);
  fs.writeFileSync(file, bytes);
  const store = { folder: path.join(folder, "blocks"), base: "x" };
  const { members, leftOut } = await walkArchive({ file, name, store }, () => undefined);
  const read = (wanted: string) => {
    const member = members.find(({ path: inside }) => inside === wanted);
    if (!member) throw new Error(`no ${wanted} among ${members.map(({ path: inside }) => inside)}`);
    const content = openSteps(file, store, member.steps);
    const whole = content.read(0, content.bytes);
    content.close();
    expect(whole.length).toBe(member.bytes);
    return whole;
  };
  return { members, leftOut, read };
}

/** Bytes as they are read from a file, for readers that want them at any place. */
export function asFile(bytes: Buffer): ReturnType<typeof openFile> {
  const file = path.join(temporaryFolder(), "bytes");
  fs.writeFileSync(file, bytes);
  return openFile(file);
}

/** Whether the machine has a tool; a test without its tool says so. */
export const has = (tool: string): boolean => spawnSync(tool, ["--help"], { stdio: "ignore" }).error === undefined;
