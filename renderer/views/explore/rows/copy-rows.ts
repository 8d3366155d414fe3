import { figure } from "../../../../shared/base/figure.ts";
import { columnOf } from "../../../parts/grid/columns.ts";
import { type Ranges, size } from "../../../parts/grid/ranges.ts";
import { ask, desktop } from "../../../session/client.ts";
import { refusalOf } from "../../../session/refusal.ts";
import type { Session } from "../../../session/session.tsx";
import { counted } from "../../../text/format.ts";
import type { View } from "../state/use-view.ts";

/** Rows that go to the clipboard at most; more is an export. */
const MAX_COPIED_ROWS = 10_000;
/** Rows that are asked for at once. */
const ROWS_PER_REQUEST = 1000;

/** Puts rows on the clipboard as lines of cells with tabs between them, under their headings. */
export async function copyRows(
  session: Session,
  { reply: { filter, sort } }: View,
  ranges: Ranges,
  shownColumns: readonly string[],
): Promise<void> {
  const count = size(ranges);
  if (count > MAX_COPIED_ROWS) {
    session.say(`${figure(count)} rows are too many for the clipboard: export them.`);
    return;
  }
  try {
    const columns = shownColumns.map(columnOf).filter((column) => column !== undefined);
    const lines = [columns.map(({ title }) => title).join("\t")];
    for (const [from, to] of ranges) {
      for (let offset = from; offset < to; offset += ROWS_PER_REQUEST) {
        const limit = Math.min(ROWS_PER_REQUEST, to - offset);
        const { rows } = await ask("rows", { filter, ...(sort === undefined ? {} : { sort }), offset, limit });
        // a tab or line break of a log would make another cell of itself
        for (const row of rows)
          lines.push(columns.map((column) => column.text(row).replace(/[\t\r\n]+/gu, " ")).join("\t"));
      }
    }
    await desktop("copyText", { text: `${lines.join("\n")}\n` });
    session.say(`Copied ${counted(count, "row")}.`);
  } catch (error) {
    session.say("", { error: refusalOf(error) });
  }
}
