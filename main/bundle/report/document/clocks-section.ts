import type { DueClock } from "../../../../shared/model/accountability/due-clock.ts";
import type { PageInput } from "../../contents/page-input.ts";
import { type Block, heading, paragraph, type Text } from "./tree.ts";
import { plural, utc } from "./words.ts";

const STATES = { overdue: "overdue", running: "running", "not-started": "not started", done: "done" } as const;
const MAX_ROWS = 20;

/** What is due to whom by the facts of the case, and what of it nobody confirmed. */
export function clocksSection({ clocks, about }: PageInput): Block[] {
  if (clocks === undefined || clocks.clocks.length === 0) return [];
  const read = (about.clocks as { readonly clocks?: readonly DueClock[] } | null | undefined)?.clocks ?? [];
  const facts = Object.entries(clocks.facts).map(([fact, when]) => `${fact} ${utc(when)}`);
  const rows = clocks.clocks.map((status): Text[] => {
    const clock = read.find(({ id }) => id === status.id);
    const threshold = status.threshold === undefined ? "" : `, threshold ${status.threshold}`;
    return [
      [`${clock?.title ?? status.id}${clock?.authority === undefined ? "" : `, ${clock.authority}`}`],
      [clock?.to ?? ""],
      [`${STATES[status.state]}${threshold}`],
      [utc(status.next_due ?? status.due ?? "")],
      [clock?.unconfirmed ?? ""],
    ];
  });
  const left = rows.length - MAX_ROWS;
  return [
    heading(2, "Clocks: what is due"),
    paragraph(
      `As of ${utc(clocks.at)}. Whether a clock applies is for counsel. `,
      facts.length === 0 ? "No fact that starts one is recorded." : `Facts of the case: ${facts.join("; ")}.`,
    ),
    {
      kind: "table",
      title: "Clocks [extract/clocks.json]",
      columns: [
        { title: "Clock", share: 4 },
        { title: "To", share: 2.4 },
        { title: "State", share: 2 },
        { title: "Due", share: 2.4 },
        { title: "Not confirmed", share: 3.4 },
      ],
      rows: rows.slice(0, MAX_ROWS),
      more: left > 0 ? [`${plural(left, "more clock")} in extract/clocks.json.`] : undefined,
    },
  ];
}
