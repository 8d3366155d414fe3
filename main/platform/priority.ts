import os from "node:os";

/**
 * Lowers the priority of this thread and of every thread that it starts from now on, so that the window stays responsive.
 * Linux has a priority for each thread. Elsewhere the priority is the whole process's, the window included, and stays as it is.
 */
export function lowerPriority(): void {
  if (process.platform !== "linux") return;
  try {
    os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Without it the results are the same. A key press may be answered a little later.
  }
}
