/** Numbers that never fall, from LEB128: the first one, and of each what it has over the one before it. */
export function readSteps(bytes: Uint8Array, first: number, count: number): Float64Array {
  const numbers = new Float64Array(count);
  let number = first;
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    let [step, unit] = [0, 1];
    for (;;) {
      const byte = bytes[at++] ?? 0;
      step += (byte & 0x7f) * unit;
      if (byte < 0x80) break;
      unit *= 0x80;
    }
    number += step;
    numbers[index] = number;
  }
  return numbers;
}
