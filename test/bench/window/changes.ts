import type { Page } from "playwright-core";

/** Milliseconds that the window waits after a key before it runs what was typed (UX.md); they are not measured. */
const PAUSE = 120;

export interface Change {
  readonly kind: "typed" | "facet" | "brush";
  readonly what: string;
  readonly delay: number;
  /** What comes before, and is not measured. */
  prepare?(page: Page): Promise<void>;
  do(page: Page): Promise<void>;
}

/** Writes the filter anew, key by key; the last key is measured. */
const typed = (text: string): Change => ({
  kind: "typed",
  what: text === "" ? "(no filter)" : text,
  delay: PAUSE,
  async prepare(page) {
    const input = page.getByRole("combobox", { name: "Filter", exact: true });
    await input.focus();
    await page.keyboard.press("ControlOrMeta+a");
    // pasted but for the last character: what is in between would run as well where keys come slowly
    if (text !== "") await page.keyboard.insertText(text.slice(0, -1));
  },
  async do(page) {
    if (text === "") await page.keyboard.press("Delete");
    else await page.keyboard.type(text.slice(-1));
  },
});

/** A value of a facet, counted from the top. */
const facet = (title: string, place: number, act: "include" | "only" | "not" = "include"): Change => ({
  kind: "facet",
  what: `${title}, value ${place + 1}, ${act}`,
  delay: 0,
  async do(page) {
    const value = page.getByRole("region", { name: title, exact: true }).getByRole("listitem").nth(place);
    if (act === "include") await value.getByRole("checkbox").click();
    else {
      await value.hover();
      await value.getByRole("button", { name: new RegExp(`^${act} `, "iu") }).click();
    }
  },
});

/** A drag over the bars, from and to a part of their width. */
const brush = (from: number, to: number): Change => ({
  kind: "brush",
  what: `${from * 100} % to ${to * 100} % of the bars`,
  delay: 0,
  async do(page) {
    const box = await page.locator(".histogram-chart").boundingBox();
    if (!box) throw new Error("there is no histogram");
    const at = (part: number): [number, number] => [box.x + 60 + part * (box.width - 80), box.y + box.height / 2];
    await page.mouse.move(...at(from));
    await page.mouse.down();
    await page.mouse.move(...at((from + to) / 2), { steps: 2 });
    await page.mouse.move(...at(to), { steps: 2 });
    await page.mouse.up();
  },
});

/** An investigator's way through the case: each step changes the count. */
export const CHANGES: readonly Change[] = [
  facet("API", 0),
  facet("Outcome", 0),
  brush(0.2, 0.5),
  brush(0.3, 0.9),
  facet("Developer", 0),
  facet("Developer", 1),
  facet("API", 1),
  facet("Outcome", 0),
  typed(""),
  facet("Outcome", 1, "not"),
  brush(0.1, 0.6),
  facet("API", 1, "only"),
  typed("time>=cutoff"),
  facet("Fields", 1),
  facet("Developer", 2, "only"),
  typed("api:groups time>=cutoff outcome:allowed fields:(name or picture)"),
  brush(0.5, 0.8),
  brush(0.4, 0.95),
  facet("API", 0),
  typed("status>=400"),
  facet("Developer", 3),
  typed("operation:*members*"),
  typed("method:get -outcome:denied"),
  facet("API", 0, "not"),
  brush(0.25, 0.75),
  typed("level:obtained"),
  facet("Developer", 0, "not"),
  typed("-api:groups"),
  typed("developer:T* time:2018"),
  typed(""),
];
