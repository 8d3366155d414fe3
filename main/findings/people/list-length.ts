/** How many ids a list holds, as JSON: `JSON.parse(text).length`. Without an escape each id is what stands between two quotes. */
export function listLength(text: string): number {
  if (text.includes("\\")) return (JSON.parse(text) as string[]).length;
  let quotes = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) quotes += 1;
  return quotes / 2;
}
