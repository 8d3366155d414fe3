import type { Original } from "../platform/byte-source.ts";
import type { SheetStep, Unpack } from "./packing.ts";

/**
 * What a step makes of the bytes before it. `charge` receives the length of every piece before it is passed on. Most questions
 * unpack nothing, and do not wait for what can.
 * @throws Refusal `file-truncated`, `file-unreadable`; whatever `charge` throws
 */
export async function* makeContent(
  packed: Original,
  step: Unpack | SheetStep,
  name: string,
  charge: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  if (step.kind === "sheet") {
    const { sheetTable } = await import("./sheet-table.ts");
    yield* sheetTable(packed, step, name, charge);
  } else {
    const { decompress } = await import("./decompress.ts");
    yield* decompress(packed, step, name, charge);
  }
}
