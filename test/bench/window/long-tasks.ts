import type { Page } from "playwright-core";

/** A task of the page's main thread, ms since 1970. */
export interface Task {
  readonly from: number;
  readonly to: number;
}

type Watched = Window & { longTasks: Task[] };

/** Tasks that took more than 50 ms, as the browser itself tells. */
export async function installLongTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const tasks: Task[] = [];
    (window as unknown as Watched).longTasks = tasks;
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) {
        const from = performance.timeOrigin + startTime;
        tasks.push({ from, to: from + duration });
      }
    }).observe({ type: "longtask" });
  });
}

/** Those since the last look. */
export async function longTasks(page: Page): Promise<readonly Task[]> {
  // the browser tells of a task when it has been over for a moment
  await page.waitForTimeout(300);
  return page.evaluate(() => (window as unknown as Watched).longTasks.splice(0));
}
