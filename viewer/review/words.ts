import { figure } from "../../shared/base/figure.ts";
import type { Catalog } from "../../shared/viewer/data.ts";
import { eventPlace, findingPlace } from "../../shared/viewer/places.ts";
import type { Remark } from "./remarks.ts";

const VERBS = { confirm: "Confirm", dispute: "Dispute", comment: "Comment", tag: "Tag" } as const;

/** `Confirm: Seen in the lines.` */
export const saidOf = ({ act, text }: Remark): string => `${VERBS[act]}: ${text}`;

/** What it is on, in words, and where that stands. */
export function aboutOf({ rules }: Catalog, remark: Remark): { readonly words: string; readonly place: string } {
  if ("call" in remark) {
    const { event = 0 } = remark.call;
    return { words: `Call ${figure(event)}`, place: eventPlace(event) };
  }
  const { rule, developer_id: id } = remark.finding;
  const found = rules.find((each) => each.rule === rule)?.developers.find((each) => each.developer_id === id);
  return { words: found?.developer ?? id, place: findingPlace(rule, id) };
}
