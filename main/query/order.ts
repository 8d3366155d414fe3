/**
 * The order of ascending time, equal times as they come: a stable radix sort by 16 bits a pass, so that 20 million
 * times take a second, and exports that are already in order none.
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
