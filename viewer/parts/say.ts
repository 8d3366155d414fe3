import { byId, h } from "./dom.ts";

const SHOWN_MS = 6000;
const line = h("p", { class: "say screen-only", role: "status" });
let timer = 0;

/** One sentence at the foot of the window, for a while. */
export function say(words: string): void {
  if (!line.isConnected) byId("main").after(line);
  line.textContent = words;
  clearTimeout(timer);
  timer = window.setTimeout(() => {
    line.textContent = "";
  }, SHOWN_MS);
}
