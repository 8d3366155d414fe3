const STEMS =
  "Quillfen Tallowby Brackmere Ostrelle Pendwick Marrowgate Fennimore Cobbleston Aldersyke Wexmoor Thistlane Harrowick Lumbrook Dunmarsh Eskerley Vantwell Corrigale Osmundby Plimwater Rookhaven Sablecote Tarnhelm Umberley Yarrowfold Zephrine Birchmoss Candlewick Dovetrail Emberlyn Foxhollow Gristmill Hollowell Inkberry Juniperton Kestrelby".split(
    " ",
  );
const KINDS = ["Apps", "Social", "Circles", "Labs", "Events", "Community", "Metrics", "Groupware", "Stream", "Relay"];

/** Names that break naive readers and writers: separators, quotes, letters beyond ASCII, markup, a formula, right-to-left. */
export const AWKWARD = [
  "Hollin, Marsh & Partner",
  'The "Open Door" Company',
  "Müßigbrodt & Söhne GmbH",
  "円環ソーシャル株式会社",
  "<b>Boldly</b> Social <script>alert(1)</script>",
  "=cmd|' /C calc'!A0",
  "شركة الحلقة",
  "Zirkel; Kreis €uro",
  "O'Dunleavy*Star",
  "Ødegård — Nettverk",
] as const;

/** `count` different invented company names; the awkward ones are spread among the first hundred. */
export function developerNames(count: number): string[] {
  const names: string[] = [];
  for (let i = 0; names.length < count; i++) {
    const stem = STEMS[i % STEMS.length] as string;
    const kind = KINDS[(i * 3 + Math.floor(i / STEMS.length)) % KINDS.length] as string;
    names.push(`${stem} ${kind}`);
  }
  AWKWARD.forEach((name, i) => {
    names[i * 9 + 4] = name;
  });
  return names;
}
