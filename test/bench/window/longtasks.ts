import type { Page } from "playwright-core";

type Watched = Window & { longTasks: number[] };

/** Milliseconds of each task of the page's main thread that took more than 50, as the browser itself tells. */
export async function installLongTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const tasks: number[] = [];
    (window as unknown as Watched).longTasks = tasks;
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: "longtask",
    });
  });
}

/** Those since the last look. */
export async function longTasks(page: Page): Promise<readonly number[]> {
  // the browser tells of a task when it has been over for a moment
  await page.waitForTimeout(300);
  return page.evaluate(() => (window as unknown as Watched).longTasks.splice(0));
}
