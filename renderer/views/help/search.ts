import { type Block, blockWords } from "./markdown.ts";

export interface HelpPage {
  readonly name: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

export interface HelpHit {
  readonly page: HelpPage;
  /** Index of the block, and a piece of it around the words. */
  readonly block: number;
  readonly excerpt: string;
}

const CONTEXT_CHARACTERS = 60;
const MAX_HITS = 40;

/** Every place that holds all the words: of the page that is about them first, then headings. */
export function searchHelp(pages: readonly HelpPage[], query: string): HelpHit[] {
  const wanted = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [];
  const hits = pages.flatMap((page) => {
    // "policy" is the page "Policies"
    const isAbout = wanted.every((word) => `${page.name} ${page.title}`.toLowerCase().includes(word));
    return page.blocks.flatMap((block, index) => {
      const text = blockWords(block);
      const lower = text.toLowerCase();
      if (!(isAbout && index === 0) && !wanted.every((word) => lower.includes(word))) return [];
      const at = Math.max(0, lower.indexOf(wanted[0] as string));
      const from = Math.max(0, at - CONTEXT_CHARACTERS);
      const excerpt = `${from > 0 ? ".. " : ""}${text.slice(from, at + CONTEXT_CHARACTERS * 2).trim()}${at + CONTEXT_CHARACTERS * 2 < text.length ? " .." : ""}`;
      return [{ page, block: index, excerpt, rank: (isAbout ? 0 : 2) + (block.kind === "heading" ? 0 : 1) }];
    });
  });
  return hits
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MAX_HITS)
    .map(({ page, block, excerpt }) => ({ page, block, excerpt }));
}
