import { html } from "./html.ts";

/** What every drawing of the page fills with: levels by pattern, never by colour alone. It stands outside of all screens. */
export const PATTERNS = html`<svg class="patterns" width="0" height="0" aria-hidden="true"><defs>
<pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="ground" width="5" height="5"/><rect class="ink" width="2" height="5"/></pattern>
<pattern id="dots" width="4" height="4" patternUnits="userSpaceOnUse"><rect class="ground" width="4" height="4"/><rect class="dot" x="1" y="1" width="2" height="2"/></pattern>
</defs></svg>
`;
