import { markdown, words } from "./markdown.ts";
import type { HelpPage } from "./search.ts";

const FILES: Record<string, string> = import.meta.glob("../../../resources/help/*.md", {
  query: "?raw",
  import: "default",
  eager: true,
});

/** The built-in help: the same pages as the manual, read once. */
export const PAGES: readonly HelpPage[] = Object.entries(FILES)
  .map(([path, text]) => {
    const blocks = markdown(text);
    const [first] = blocks;
    const name = path.replace(/^.*\//, "").replace(/\.md$/, "");
    return { name, title: first?.kind === "heading" ? words(first.inside) : name, blocks };
  })
  .sort((a, b) => a.title.localeCompare(b.title, "en"));
