/** The choice that `word` was most likely meant to be: at most two slips away, or begun with it; undefined if none is. */
export function nearest(word: string, choices: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  // The word may be hostile text of any length; the distance costs its length times the choice's.
  if (lower.length > 40) return undefined;
  let best: string | undefined;
  let least = Math.min(2, Math.floor(lower.length / 2)) + 1;
  for (const choice of choices) {
    const slips = distance(lower, choice);
    if (slips < least) {
      least = slips;
      best = choice;
    }
  }
  return best ?? choices.find((choice) => lower.length >= 2 && choice.startsWith(lower));
}

/** Edits between two words: a letter more, less, other, or two neighbours swapped. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min((last[j] as number) + 1, (row[j - 1] as number) + 1, (last[j - 1] as number) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (before[j - 2] as number) + 1);
      }
      row.push(cost);
    }
    before = last;
    last = row;
  }
  return last[b.length] as number;
}
