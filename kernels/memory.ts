/** Pieces that were given back, by the power of two that is their size: lists through their first four bytes. */
const SPARE: usize = memory.data(32 * 4, 8);
const LEAST: u32 = 64;

/** Up to here addresses are given away generously. */
const ROOMY_BYTES: u32 = 512 << 20;

let top: u32 = 0;

export function isRoomy(): bool {
  return top < ROOMY_BYTES;
}

function classOf(bytes: u32): u32 {
  return 32 - clz(max(bytes, LEAST) - 1);
}

/** So many bytes, rounded up to a power of two. They hold what was last in them. Traps where the system has no more. */
export function allocate(bytes: u32): u32 {
  const size = classOf(bytes);
  const list = SPARE + (size << 2);
  const spare = load<u32>(list);
  if (spare !== 0) {
    store<u32>(list, load<u32>(spare));
    return spare;
  }
  if (top === 0) top = (<u32>__heap_base + 63) & ~63;
  const at = top;
  const end = <u64>at + ((<u64>1) << size);
  const pages = <i64>((end + 0xffff) >> 16) - <i64>memory.size();
  if (end > 0xffff0000 || (pages > 0 && memory.grow(<i32>pages) < 0)) unreachable();
  top = <u32>end;
  return at;
}

/** Gives a piece back that was allocated with this size. */
export function release(at: u32, bytes: u32): void {
  const list = SPARE + (classOf(bytes) << 2);
  store<u32>(at, load<u32>(list));
  store<u32>(list, at);
}
