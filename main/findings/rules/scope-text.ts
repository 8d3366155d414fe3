import { quote } from "../../../shared/filter/print.ts";
import type { Rule } from "../../../shared/model/policy.ts";
import { groupsOf, type OperationGroup } from "./operation-sets.ts";

/** What a rule speaks of, whenever it was called, as the terms of a filter; services of the platform included. */
export function scopeTerms({ applies_to: { api, operations, caller, filter } }: Rule): string[] {
  const terms: string[] = [];
  if (api && api.length > 0) terms.push(`api:(${api.map(quote).join(" or ")})`);
  if (operations && operations.length > 0) terms.push(operationText(groupsOf(operations)));
  if (caller) terms.push(`caller:(${caller.join(" or ")})`);
  if (filter !== undefined && filter.trim() !== "") terms.push(`(${filter})`);
  return terms;
}

function operationText(groups: readonly OperationGroup[]): string {
  const pattern = (text: string) =>
    text
      .split("*")
      .map((part) => (part === "" ? "" : quote(part)))
      .join("*");
  const any = (field: string, texts: readonly string[]) => `${field}:(${texts.map(pattern).join(" or ")})`;
  const texts = groups.map(({ api, operations }) =>
    api === undefined ? any("operation", operations) : `${any("api", api)} ${any("operation", operations)}`,
  );
  return texts.length === 1 ? (texts[0] as string) : `(${texts.join(" or ")})`;
}
