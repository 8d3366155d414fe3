import os from "node:os";

/**
 * Lets this thread wait for those that somebody looks at, and with it every thread that it starts from now on. Linux knows a
 * priority for each thread; elsewhere it is the whole process's, the window's too, and stays as it is.
 */
export function lowerPriority(): void {
  if (process.platform !== "linux") return;
  try {
    os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // without it all is as right, and a key is heard a little later
  }
}
