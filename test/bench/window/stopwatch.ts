import type { Page } from "playwright-core";
import type { Change } from "./changes.ts";

const LATE = 30_000;

/** What one change of the filter took, and what it led to. */
export interface Took {
  /** Milliseconds from the input event to the end of the frame that shows the new count. */
  readonly ms: number;
  /** When that frame was drawn, ms since 1970. */
  readonly at: number;
  readonly count: number;
  /** The filter's text then. */
  readonly text: string;
}

type Watched = Window & { watchCount(delay: number): void; counted: Promise<Omit<Took, "text">> };

/** Puts the clock into the page: both ends of a measurement are its own, and nothing of the driver lies between them. */
export async function installStopwatch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const shown = () => document.querySelector(".count strong")?.textContent ?? "";
    let input = Number.POSITIVE_INFINITY;
    for (const type of ["click", "mouseup", "keydown", "input"])
      addEventListener(
        type,
        (event) => {
          input = event.timeStamp;
        },
        { capture: true },
      );
    const watched = window as unknown as Watched;
    watched.watchCount = (delay) => {
      watched.counted = new Promise((resolve) => {
        const before = shown();
        input = Number.POSITIVE_INFINITY;
        const observer = new MutationObserver(() => {
          if (shown() === before || shown() === "") return;
          // where keys come slowly the window runs what was written before the last one, as it should
          if (performance.now() - input < delay) return;
          observer.disconnect();
          const { port1, port2 } = new MessageChannel();
          // a message sent within a frame is received when the frame has been drawn
          port1.onmessage = () => {
            const now = performance.now();
            const count = Number(shown().replaceAll(",", ""));
            resolve({ ms: now - input - delay, at: performance.timeOrigin + now, count });
          };
          requestAnimationFrame(() => port2.postMessage(0));
        });
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
      });
    };
  });
}

/** @throws Error where the count stays as it was */
export async function timed(page: Page, change: Change): Promise<Took> {
  await change.prepare?.(page);
  // watched before anything is done: a key can be faster than what is evaluated
  await page.evaluate((delay) => (window as unknown as Watched).watchCount(delay), change.delay);
  const took = page.evaluate(() => (window as unknown as Watched).counted);
  await change.do(page);
  let late: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    late = setTimeout(() => reject(new Error(`the count did not change: ${change.what}`)), LATE);
  });
  const shown = await Promise.race([took, timeout]).finally(() => clearTimeout(late));
  // the list of completions would lie over the bars
  if (change.kind === "typed") await page.keyboard.press("Escape");
  return { ...shown, text: await page.getByRole("combobox", { name: "Filter", exact: true }).inputValue() };
}
