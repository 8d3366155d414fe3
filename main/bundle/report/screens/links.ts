import { figure } from "../../../../shared/base/figure.ts";
import { developerTerm } from "../../../../shared/filter/developer-term.ts";
import type { Level } from "../../../../shared/model/level.ts";
import { callsPlace, findingPlace } from "../../../../shared/viewer/places.ts";
import type { PageInput } from "../../contents/page-input.ts";
import { type Html, html } from "./html.ts";

/** A number that leads to its calls; nothing to show is no link. */
export const callsLink = (count: number, filter: string): Html =>
  count === 0 ? html`0` : html`<a href="${callsPlace(filter)}">${figure(count)}</a>`;

/** A name that leads to what the bundle has of a developer under a rule. */
export const findingLink = (
  rule: string,
  { developer_id: id, developer }: { developer_id: string; developer: string },
): Html => html`<a href="${findingPlace(rule, id)}">${developer}</a>`;

/** Names that lead there, joined by commas. */
export const findingLinks = (rule: string, rows: readonly { developer_id: string; developer: string }[]): Html =>
  html`${rows.map((row, at) => html`${at === 0 ? "" : ", "}${findingLink(rule, row)}`)}`;

/** The calls of a level under a rule; where there is one rule alone, it need not be named. */
export function levelFilter({ findings }: PageInput, rule: string, level: Level, more = ""): string {
  const own = findings.rules.length > 1 ? `finding:${rule} ` : "";
  return `${own}level:${level}${more === "" ? "" : ` ${more}`}`;
}

/** Those of one developer. */
export const developerFilter = (rule: string, id: string, level: string): string =>
  `${developerTerm(id)} finding:${rule} level:${level}`;
