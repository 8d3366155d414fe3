import type { DueClock } from "../../../../shared/model/accountability/due-clock.ts";
import { callsPlace } from "../../../../shared/viewer/places.ts";
import type { PageInput } from "../../contents/page-input.ts";
import { utc } from "../document/words.ts";
import { type Html, html, table } from "./html.ts";

const STATES = { overdue: "overdue", running: "running", "not-started": "not started", done: "done" } as const;

/** What is due to whom by the facts of the case, and what of it nobody confirmed. */
export function clocksScreen({ clocks, about }: PageInput): Html {
  if (!clocks || clocks.clocks.length === 0) return html`<p>This bundle holds no clocks.</p>`;
  const read = (about.clocks as { readonly clocks?: readonly DueClock[] } | null | undefined)?.clocks ?? [];
  const facts = Object.entries(clocks.facts);
  return html`<p>As of ${utc(clocks.at)}. A clock says what is due; whether it applies is for counsel.</p>
${table(
  ["clock", "to", "state", "started", "due", "done", "filled from the case", "not confirmed"],
  clocks.clocks.map((status) => {
    const clock = read.find(({ id }) => id === status.id);
    return [
      `${clock?.title ?? status.id}${clock?.authority === undefined ? "" : `, ${clock.authority}`}`,
      clock?.to ?? "",
      html`<span class="${status.state === "overdue" ? "bad-words" : ""}">${STATES[status.state]}</span>${status.threshold === undefined ? "" : `, threshold ${status.threshold}`}`,
      status.started === undefined ? "" : utc(status.started),
      utc(status.next_due ?? status.due ?? ""),
      status.done_on === undefined ? "" : utc(status.done_on),
      html`${status.contents.map(({ item, value, filter }) => html`<div>${item}: ${value === undefined ? "open" : filter === undefined ? value : html`<a href="${callsPlace(filter)}">${value}</a>`}</div>`)}`,
      clock?.unconfirmed ?? "",
    ];
  }),
)}
<h3>Facts</h3>
${
  facts.length === 0
    ? html`<p>No fact is recorded.</p>`
    : table(
        ["fact", "when"],
        facts.map(([fact, when]) => [fact, utc(when)]),
      )
}`;
}
