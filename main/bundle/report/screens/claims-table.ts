import type { Claim } from "../../../../shared/model/claims.ts";
import { measuredText } from "../../../../shared/model/people-text.ts";
import { callsPlace } from "../../../../shared/viewer/places.ts";
import type { PageInput } from "../../contents/page-input.ts";
import { type Html, html, table } from "./html.ts";

/** What was said, in its words, with who said it and when, held against the record. */
export function claimsTable({ about, claims }: PageInput): Html {
  if (claims.length === 0) return html`<p>This bundle holds no claims.</p>`;
  const read = (about.claims as { readonly claims?: readonly Claim[] } | null)?.claims ?? [];
  const said = new Map(read.map((claim) => [claim.id, claim]));
  return html`<p>What was said, held against the record.</p>${table(
    ["claim", "said by", "verdict", "measured", "why", "calls"],
    claims.map(({ id, verdict, measured, why, filter }) => {
      const claim = said.get(id);
      return [
        claim ? `\u201c${claim.text}\u201d` : id,
        [claim?.said_by, claim?.said_on, claim?.source]
          .filter((part) => part !== undefined && part !== "")
          .join(", ") || "not said in the file of claims",
        verdict,
        measured ? measuredText(measured, claim?.measure ?? "people") : "not measured",
        why,
        html`<a href="${callsPlace(filter)}">those of this bundle</a>`,
      ];
    }),
  )}`;
}
