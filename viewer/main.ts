import "./old-browsers.ts";
import type { Catalog } from "../shared/viewer/data.ts";
import { placeOf } from "../shared/viewer/places.ts";
import { CallsScreen } from "./calls/calls-screen.ts";
import { commands, type Parts } from "./commands.ts";
import { copyButtons } from "./copy-buttons.ts";
import { Calls } from "./data/calls.ts";
import { load } from "./data/load.ts";
import { DeveloperScreen } from "./developers/developer-screen.ts";
import { developersScreen } from "./developers/developers-screen.ts";
import { findBox } from "./find.ts";
import { keys } from "./keys.ts";
import { byId, fill, h } from "./parts/dom.ts";
import { Remarks } from "./review/remarks.ts";
import { remarksBar } from "./review/remarks-bar.ts";

/** Screens that are drawn from data; the others stand in the page as they are. */
const DRAWN: Readonly<Record<string, string>> = {
  calls: "calls",
  event: "calls",
  developers: "developers",
  finding: "developer",
  developer: "developer",
};

const sections = Array.from(document.querySelectorAll<HTMLElement>("main > section"));
const links = Array.from(document.querySelectorAll<HTMLAnchorElement>("nav a"));
const titleOfPage = document.title;

let data: Promise<Parts> | undefined;

/** The catalog, once: the first screen needs nothing of it. */
function dataOfPage(): Promise<Parts> {
  data ??= load<Catalog>("catalog").then(({ value: catalog }) => {
    const calls = new Calls(catalog, load);
    const remarks = new Remarks();
    remarksBar(remarks, catalog);
    const [screen, developer] = [new CallsScreen(calls, remarks), new DeveloperScreen(calls, remarks)];
    return { calls, remarks, screen, developer };
  });
  data.catch(() => {
    data = undefined;
  });
  return data;
}

/** The section of a place: one that nobody knows is the first. */
function sectionOf(screen: string): HTMLElement {
  const id = DRAWN[screen] ?? screen;
  return sections.find((each) => each.id === id) ?? (sections[0] as HTMLElement);
}

let shown: HTMLElement | undefined;

async function route(): Promise<void> {
  const { screen, parts } = placeOf(location.hash) ?? { screen: "answer", parts: [] };
  const section = sectionOf(screen);
  const isOther = section !== shown;
  shown = section;
  for (const each of sections) each.hidden = each !== section;
  const current = section.id === "developer" ? "developers" : section.id;
  for (const link of links) {
    if (link.hash === `#${current}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.body.dataset.screen = section.id;
  const heading = section.querySelector("h1, h2");
  document.title = `${heading?.textContent ?? ""} - ${titleOfPage}`;
  if (isOther) {
    byId("main").scrollTop = 0;
    scrollTo(0, 0);
  }
  if (!(screen in DRAWN)) return;
  try {
    const { calls, screen: callsScreen, developer } = await dataOfPage();
    if (screen === "calls") await callsScreen.show(parts);
    else if (screen === "event") await callsScreen.showEvent(Number(parts[0]));
    else if (screen === "developers") developersScreen(calls, byId("developers-body"));
    else await developer.show(screen === "finding" ? parts[1] : parts[0], screen === "finding" ? parts[0] : undefined);
    if (section === shown && section.id === "developer")
      document.title = `${section.querySelector("h2")?.textContent ?? ""} - ${titleOfPage}`;
  } catch (error) {
    const body = section.querySelector(".body");
    if (body)
      fill(body, h("p", { role: "alert" }, `This needs a file that could not be read: ${(error as Error).message}.`));
  }
}

document.body.classList.add("live");
for (const each of document.querySelectorAll<HTMLElement>(".with-script")) each.hidden = false;
addEventListener("hashchange", () => void route());
findBox(
  links.map((link) => ({ words: link.querySelector("span")?.textContent ?? "", place: link.hash })),
  () => dataOfPage().then(({ calls }) => calls),
);
copyButtons();
keys(
  commands(dataOfPage, () => shown?.id),
  () => {
    if (shown?.id === "calls") void data?.then(({ screen }) => screen.escape());
  },
);
void route();
