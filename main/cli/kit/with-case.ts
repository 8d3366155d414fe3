import type { Case } from "../../case/case.ts";
import type { Engine } from "../../engine/session/session.ts";
import type { Output } from "./output.ts";

/** Opens a case for one command and closes it however the command ends. A case that is open elsewhere says so. */
export async function withCase<T>(
  folder: string,
  mode: "read" | "write",
  out: Output,
  work: (engine: Engine, place: Case) => Promise<T>,
): Promise<T> {
  const [{ openCase }, { Engine }] = await Promise.all([
    import("../../case/case.ts"),
    import("../../engine/session/session.ts"),
  ]);
  const place = openCase(folder, mode);
  try {
    if (place.readOnly && mode === "write") out.note(`exhibit: ${place.folder} is read-only: ${place.readOnlyBecause}`);
    return await work(new Engine(place), place);
  } finally {
    place.close();
  }
}

/** Ctrl-C asks the work to stop where it can be taken up again; a second one ends the program. */
export async function stoppable<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const stop = () => controller.abort();
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  try {
    return await work(controller.signal);
  } finally {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
  }
}
