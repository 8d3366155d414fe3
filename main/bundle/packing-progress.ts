/** Milliseconds between two words, and until what is left can be told from what was done. */
const TELL_EVERY_MS = 200;
const TELL_LEFT_AFTER_MS = 1000;

/**
 * How far packing is, by the bytes of the files before the one that begins, and how long the rest takes at the speed so far.
 * @param tell is told the part from 0 to 1, and whole seconds
 */
export function packingProgress(
  total: number,
  tell: (part: number, secondsLeft?: number) => void,
  now: () => number = () => performance.now(),
): (file: { readonly size: number }) => void {
  const start = now();
  let before = 0;
  let begun = 0;
  let told = start;
  return ({ size }) => {
    before += begun;
    begun = size;
    const at = now();
    if (at - told < TELL_EVERY_MS || before === 0) return;
    told = at;
    const part = before / total;
    const left = Math.ceil((((at - start) / part) * (1 - part)) / 1000);
    if (at - start < TELL_LEFT_AFTER_MS) tell(part);
    else tell(part, left);
  };
}
