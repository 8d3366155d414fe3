import type { Cidr } from "./tree.ts";

/** The bytes of an address, 4 (IPv4) or 16 (IPv6); undefined if it is none. A zone (`%eth0`) is no part of it. */
function addressOf(text: string): readonly number[] | undefined {
  return text.includes(":") ? sixOf(text) : fourOf(text);
}

/** `10.0.0.0/8`, `2001:db8::/32`; bits behind the prefix are set to zero. Undefined if it is none. */
export function cidrOf(text: string): Cidr | undefined {
  const slash = text.indexOf("/");
  const address = addressOf(text.slice(0, slash));
  const digits = text.slice(slash + 1);
  if (slash < 0 || !address || text.includes("%") || !/^\d{1,3}$/.test(digits)) return undefined;
  const bits = Number(digits);
  if (bits > address.length * 8) return undefined;
  return { address: address.map((byte, i) => byte & maskOf(bits - i * 8)), bits };
}

/** The block that holds one address alone, however it is spelt: IPv4 also where it is written as IPv6. Undefined if it is none. */
export function blockOf(text: string): Cidr | undefined {
  const address = text.includes("%") ? undefined : addressOf(text);
  if (!address) return undefined;
  const least = address.length === 16 && isMapped(address) ? address.slice(12) : address;
  return { address: least, bits: least.length * 8 };
}

/** As text that `cidrOf` reads to the same network. */
export function cidrText(cidr: Cidr): string {
  if (cidr.address.length === 4) return `${cidr.address.join(".")}/${cidr.bits}`;
  const groups = Array.from({ length: 8 }, (_, i) =>
    (((cidr.address[2 * i] as number) << 8) | (cidr.address[2 * i + 1] as number)).toString(16),
  );
  return `${groups.join(":")}/${cidr.bits}`;
}

/** Whether an address lies in the network. An IPv4 address written as IPv6 (`::ffff:10.1.2.3`) counts as either. */
export function inCidr(cidr: Cidr, ip: string): boolean {
  const address = addressOf(ip);
  if (!address) return false;
  if (address.length === cidr.address.length) return covers(cidr, address);
  return cidr.address.length === 4 && isMapped(address) && covers(cidr, address.slice(12));
}

function covers(cidr: Cidr, address: readonly number[]): boolean {
  return cidr.address.every((byte, i) => byte === ((address[i] as number) & maskOf(cidr.bits - i * 8)));
}

function isMapped(address: readonly number[]): boolean {
  return address.slice(0, 10).every((byte) => byte === 0) && address[10] === 0xff && address[11] === 0xff;
}

/** The mask of one byte of which `bits` leading bits count; below 0 none, above 8 all. */
function maskOf(bits: number): number {
  return (0xff00 >> Math.min(8, Math.max(0, bits))) & 0xff;
}

function fourOf(text: string): readonly number[] | undefined {
  // No leading zeros: some programs read 010 as 8.
  if (!/^(?:(?:0|[1-9]\d{0,2})(?:\.(?!$)|$)){4}$/.test(text)) return undefined;
  const bytes = text.split(".").map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes : undefined;
}

function sixOf(text: string): readonly number[] | undefined {
  const plain = text.split("%", 1)[0] as string;
  const sides = plain.split("::");
  if (sides.length > 2) return undefined;
  const [head, tail] = sides.map((side, i) => bytesOf(side, i === sides.length - 1));
  if (!head) return undefined;
  if (sides.length === 1) return head.length === 16 ? head : undefined;
  if (!tail || head.length + tail.length > 14) return undefined;
  return [...head, ...new Array<number>(16 - head.length - tail.length).fill(0), ...tail];
}

/** The bytes of `a:b:c`; the last group may be an IPv4 address. */
function bytesOf(side: string, isLast: boolean): number[] | undefined {
  if (side === "") return [];
  const groups = side.split(":");
  const bytes: number[] = [];
  for (const [i, group] of groups.entries()) {
    if (isLast && i === groups.length - 1 && group.includes(".")) {
      const four = fourOf(group);
      if (!four) return undefined;
      bytes.push(...four);
    } else if (/^[0-9a-fA-F]{1,4}$/.test(group)) {
      const value = Number.parseInt(group, 16);
      bytes.push(value >> 8, value & 0xff);
    } else return undefined;
  }
  return bytes;
}
