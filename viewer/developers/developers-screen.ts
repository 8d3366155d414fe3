import { figure } from "../../shared/base/figure.ts";
import { LEVELS } from "../../shared/model/level.ts";
import { LEVEL_WORDS } from "../../shared/viewer/level-words.ts";
import { developerPlace } from "../../shared/viewer/places.ts";
import type { Calls } from "../data/calls.ts";
import { fill, h } from "../parts/dom.ts";

interface Row {
  readonly id: string;
  name: string;
  level: number;
  isRecent: boolean;
  readonly apps: Set<string>;
  calls: number;
}

/** Every developer whom a finding or the registry names. */
function rowsOf({ catalog }: Calls): Row[] {
  const rows = new Map<string, Row>();
  const rowOf = (id: string, name = id): Row => {
    const row = rows.get(id) ?? { id, name, level: -1, isRecent: false, apps: new Set<string>(), calls: 0 };
    rows.set(id, row);
    return row;
  };
  for (const { developer_id: id, developer } of catalog.developers) rowOf(id, developer);
  for (const { app, developer_id: id } of catalog.apps) if (id !== undefined) rowOf(id).apps.add(app);
  for (const { developers } of catalog.rules)
    for (const found of developers) {
      const row = rowOf(found.developer_id, found.developer);
      row.name = found.developer;
      row.level = Math.max(row.level, LEVELS.indexOf(found.level));
      row.isRecent ||= found.recent;
      row.calls += found.attempted.events + found.possible.events + found.obtained.events;
      for (const app of found.apps) row.apps.add(app);
    }
  return [...rows.values()].sort((a, b) => b.level - a.level || b.calls - a.calls || (a.name < b.name ? -1 : 1));
}

/** At most so many names are drawn; the others are found by their name. */
const MOST = 500;

export function developersScreen(calls: Calls, body: HTMLElement): void {
  if (body.dataset.drawn === "yes") return;
  body.dataset.drawn = "yes";
  const rows = rowsOf(calls);
  const list = h("div");
  const said = h("p", { role: "status", class: "m" });
  const draw = (sought: string) => {
    const small = sought.trim().toLowerCase();
    const found = rows.filter(({ id, name }) => `${name} ${id}`.toLowerCase().includes(small));
    said.textContent =
      found.length > MOST
        ? `The first ${figure(MOST)} of ${figure(found.length)} developers`
        : `${figure(found.length)} of ${figure(rows.length)} developers`;
    fill(list, tableOf(found.slice(0, MOST)));
  };
  const input = h("input", { type: "search", "aria-label": "Find a developer", placeholder: "Find a developer" });
  input.addEventListener("input", () => draw(input.value));
  draw("");
  fill(body, h("p", {}, input), said, list);
}

function tableOf(rows: readonly Row[]): HTMLElement {
  if (rows.length === 0) return h("p", {}, "No developer has this in name or id.");
  const head = ["Developer", "Id", "Level", "Recent", "Apps", "Calls that count"];
  return h(
    "table",
    {},
    h(
      "thead",
      {},
      h("tr", {}, ...head.map((each, at) => h("th", { scope: "col", class: at > 3 ? "n" : undefined }, each))),
    ),
    h(
      "tbody",
      {},
      ...rows.map(({ id, name, level, isRecent, apps, calls }) => {
        const word = LEVELS[level];
        return h(
          "tr",
          {},
          h("td", {}, h("a", { href: developerPlace(id) }, name)),
          h("td", { class: "mono" }, id),
          h("td", {}, word === undefined ? "no finding" : LEVEL_WORDS[word]),
          h("td", {}, isRecent ? "yes" : ""),
          h("td", { class: "n" }, figure(apps.size)),
          h("td", { class: "n" }, calls === 0 ? "0" : figure(calls)),
        );
      }),
    ),
  );
}
