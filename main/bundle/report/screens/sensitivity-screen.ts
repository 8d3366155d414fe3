import { figure } from "../../../../shared/base/figure.ts";
import { callsPlace } from "../../../../shared/viewer/places.ts";
import type { PageInput } from "../../contents/page-input.ts";
import { utc } from "../document/words.ts";
import { type Html, html, table } from "./html.ts";
import { findingLinks } from "./links.ts";

const SHIFT_WORDS: Readonly<Record<string, string>> = {
  "-P7D": "7 days earlier",
  "-P1D": "1 day earlier",
  "-PT1H": "1 hour earlier",
  PT1H: "1 hour later",
  P1D: "1 day later",
  P7D: "7 days later",
};

/** What another cutoff or another zone would change of the numbers. */
export function sensitivityScreen({ sensitivity, findings, sources }: PageInput): Html {
  if (!sensitivity || sensitivity.rules.length === 0)
    return html`<p>This bundle does not say what would move its numbers.</p>`;
  return html`${sensitivity.rules.map(({ rule, shifts, zones }) => {
    const found = findings.rules.find((each) => each.rule === rule);
    const name = (id: string) => ({
      developer_id: id,
      developer: found?.developers.find((each) => each.developer_id === id)?.developer ?? id,
    });
    return html`<h3>Rule ${rule}: the cutoff moved</h3>
${table(
  ["cutoff", "is then", "#kept access", "#got data", "#calls", "#recent", "who comes in", "who goes out"],
  [
    ...(found
      ? [
          [
            html`<strong>as it is</strong>`,
            "",
            found.totals.entitled.developers,
            found.totals.obtained.developers,
            found.totals.obtained.events,
            found.totals.recent.developers,
            "",
            "",
          ],
        ]
      : []),
    ...shifts.map((shift) => [
      SHIFT_WORDS[shift.by] ?? shift.by,
      utc(shift.cutoff),
      shift.totals.entitled.developers,
      shift.totals.obtained.developers,
      shift.totals.obtained.events,
      shift.totals.recent.developers,
      findingLinks(rule, shift.in.map(name)),
      findingLinks(rule, shift.out.map(name)),
    ]),
  ],
)}
<h3>Zones that somebody chose</h3>
${
  zones.length === 0
    ? html`<p>No number depends on a zone: every log says its own.</p>`
    : table(
        ["source", "file", "zone", "how it is known", "#calls that could move", "#developers"],
        zones.map(({ source, timezone, timezone_from: from, could_move: move }) => [
          html`<a href="${callsPlace(`source:${source}`)}">${String(source)}</a>`,
          sources.find((each) => each.source === source)?.file ?? "",
          timezone,
          from === "assumed" ? "assumed, nobody said it" : from === "option" ? "said at the import" : "by its mapping",
          figure(move.events),
          figure(move.developers),
        ]),
      )
}`;
  })}`;
}
