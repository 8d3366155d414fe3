import type { Original } from "../platform/byte-source.ts";
import { decompress } from "./decompress.ts";
import type { SheetStep, Unpack } from "./packing.ts";
import { sheetTable } from "./sheet-table.ts";

/**
 * What a step makes of the bytes before it. `charge` receives the length of every piece before it is passed on.
 * @throws Refusal `file-truncated`, `file-unreadable`; whatever `charge` throws
 */
export const makeContent = (
  packed: Original,
  step: Unpack | SheetStep,
  name: string,
  charge: (bytes: number) => void,
): AsyncGenerator<Buffer> =>
  step.kind === "sheet" ? sheetTable(packed, step, name, charge) : decompress(packed, step, name, charge);
