import { figure } from "../shared/base/figure.ts";
import { quote } from "../shared/filter/print.ts";
import { callsPlace, developerPlace, eventPlace } from "../shared/viewer/places.ts";
import type { Calls } from "./data/calls.ts";
import { byId, h } from "./parts/dom.ts";

interface Choice {
  readonly words: string;
  readonly place: string;
}

const MOST_DEVELOPERS = 8;

/** What a text may mean: a screen, a developer, a call by its number, the calls whose line holds it, or a filter. */
function choicesOf(text: string, screens: readonly Choice[], calls: Calls): Choice[] {
  const sought = text.trim();
  const small = sought.toLowerCase();
  if (small === "") return [];
  const number = /^\d[\d,]*$/u.test(sought) ? Number(sought.replaceAll(",", "")) : 0;
  const names = new Map<string, string>();
  for (const { developer_id: id, developer } of calls.catalog.developers) names.set(id, developer ?? id);
  for (const { developers } of calls.catalog.rules)
    for (const { developer_id: id, developer } of developers) names.set(id, developer);
  return [
    ...screens.filter(({ words }) => words.toLowerCase().includes(small)),
    ...[...names]
      .filter(([id, name]) => `${name} ${id}`.toLowerCase().includes(small))
      .slice(0, MOST_DEVELOPERS)
      .map(([id, name]) => ({ words: name === id ? name : `${name} (${id})`, place: developerPlace(id) })),
    ...(number > 0 && number <= calls.rows ? [{ words: `Call ${figure(number)}`, place: eventPlace(number) }] : []),
    { words: `Calls whose line holds \u201c${sought}\u201d`, place: callsPlace(quote(sought)) },
    { words: "Calls by this filter", place: callsPlace(sought) },
  ];
}

/** The box at the top of every screen, with what it finds beneath it. */
export function findBox(screens: readonly Choice[], calls: () => Promise<Calls>): void {
  const input = byId("find") as HTMLInputElement;
  const list = h("ul", { id: "found", role: "listbox", "aria-label": "Found", hidden: true });
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-controls", "found");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-autocomplete", "list");
  input.after(list);
  let at = 0;
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = () => {
    for (const [index, each] of Array.from(list.children).entries()) {
      each.setAttribute("aria-selected", String(index === at));
      if (index === at) input.setAttribute("aria-activedescendant", each.id);
    }
  };
  const go = (place: string) => {
    close();
    input.value = "";
    location.hash = place;
  };
  const draw = async () => {
    const text = input.value;
    const choices = choicesOf(text, screens, await calls());
    if (input.value !== text) return;
    list.replaceChildren(
      ...choices.map(({ words, place }, index) =>
        h(
          "li",
          {
            id: `found-${index}`,
            role: "option",
            "data-place": place,
            onmousedown: (event: MouseEvent) => event.preventDefault(),
            onclick: () => go(place),
          },
          words,
        ),
      ),
    );
    at = 0;
    list.hidden = choices.length === 0;
    input.setAttribute("aria-expanded", String(choices.length > 0));
    mark();
  };
  input.addEventListener("input", () => void draw().catch(close));
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const { length } = list.children;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      at = (at + (event.key === "ArrowDown" ? 1 : length - 1)) % Math.max(1, length);
      mark();
    } else if (event.key === "Enter") {
      const place = (list.children[at] as HTMLElement | undefined)?.dataset.place;
      if (place !== undefined && !list.hidden) go(place);
    } else if (event.key === "Escape") {
      if (list.hidden) input.blur();
      close();
      event.stopPropagation();
    } else return;
    event.preventDefault();
  });
}
