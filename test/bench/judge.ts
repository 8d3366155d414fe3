import { type Measure, median } from "./measure.ts";

/** Puts what was measured beside its targets, and keeps whether all were met. */
export class Judge {
  isMet = true;

  ratio(what: string, { wall, cpu }: { wall: number; cpu: number }, most: number): void {
    const isMet = wall <= most;
    this.isMet &&= isMet;
    const byCpu = Number.isNaN(cpu) ? "" : `   (CPU seconds: ${cpu.toFixed(2)})`;
    console.log(`${isMet ? "met   " : "MISSED"} ${what}: ${wall.toFixed(2)}, at most ${most.toFixed(2)}${byCpu}`);
  }

  seconds(what: string, seconds: number, most: number): void {
    this.isMet &&= seconds <= most;
    console.log(`${seconds <= most ? "met   " : "MISSED"} ${what}: ${seconds.toFixed(3)} s, at most ${most} s`);
  }

  memory(what: string, measures: readonly Measure[], most: number): void {
    const peak = Math.max(...measures.map((m) => m.peak));
    if (Number.isNaN(peak)) {
      console.log(`${what}: only Linux tells`);
      return;
    }
    this.bytes(what, peak, most);
  }

  bytes(what: string, bytes: number, most: number): void {
    this.isMet &&= bytes < most;
    console.log(`${bytes < most ? "met   " : "MISSED"} ${what}: ${megabytes(bytes)}, under ${megabytes(most)}`);
  }
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

/** Round by round, as neighbours in time share the machine's mood; the median of the rounds. */
export function ratioOf(a: readonly Measure[], b: readonly Measure[]): { wall: number; cpu: number } {
  const ratios = (pick: (m: Measure) => number) => median(a.map((m, i) => pick(m) / pick(b[i] as Measure)));
  return { wall: ratios((m) => m.wall), cpu: ratios((m) => m.cpu) };
}

export function print(name: string, measures: readonly Measure[]): void {
  const walls = measures.map((m) => m.wall);
  const cpu = median(measures.map((m) => m.cpu));
  const peak = Math.max(...measures.map((m) => m.peak));
  const more = Number.isNaN(cpu) ? "" : `, ${cpu.toFixed(2)} s CPU, ${megabytes(peak)}`;
  console.log(`${name.padEnd(32)} ${median(walls).toFixed(2)} s (best ${Math.min(...walls).toFixed(2)})${more}`);
}
