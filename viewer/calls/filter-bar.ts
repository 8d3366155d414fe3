import { Refusal } from "../../shared/base/errors.ts";
import { isoOf } from "../../shared/base/time.ts";
import { parse } from "../../shared/filter/parse.ts";
import { resolve } from "../../shared/filter/resolve.ts";
import { shownTime } from "../../shared/filter/shown.ts";
import { clear, setTime } from "../../shared/filter/splice.ts";
import { pauseAfter } from "../../shared/filter/typed/pause.ts";
import type { Catalog } from "../../shared/viewer/data.ts";
import { h } from "../parts/dom.ts";
import { completionList, type Suggest } from "./completion-list.ts";

export interface FilterBar {
  readonly node: HTMLElement;
  readonly input: HTMLInputElement;
  /** Shows a filter that stands in the address. */
  show(filter: string): void;
}

/** What is wrong with a filter, in a sentence; undefined where it can be asked. */
export function mistakeIn(text: string, times: Catalog["times"]): string | undefined {
  try {
    resolve(parse(text), times);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal)
      return `${error.what.slice(0, 1).toUpperCase()}${error.what.slice(1)}: ${error.todo}.`;
    throw error;
  }
}

/** The filter as text, and dates beside it that change the text. `go` gets what can be asked; `suggest` says what may be written. */
export function filterBar({ times, recent_days }: Catalog, go: (filter: string) => void, suggest: Suggest): FilterBar {
  const input = h("input", {
    id: "filter",
    type: "text",
    spellcheck: "false",
    autocomplete: "off",
    "aria-label": "Filter",
    "aria-describedby": "filter-mistake",
    placeholder: "api:groups time>=cutoff level:obtained fields:(name or picture)",
  });
  const mistake = h("p", { id: "filter-mistake", class: "mistake", role: "alert" });
  const from = h("input", { type: "date", "aria-label": "From (UTC day)" });
  const to = h("input", { type: "date", "aria-label": "Up to (UTC day)" });
  let asked = "";
  let timer = 0;
  const dates = () => {
    const shown = shownTime(asked, times);
    from.value = shown.from === undefined ? "" : isoOf(shown.from).slice(0, 10);
    to.value = shown.to === undefined ? "" : isoOf(shown.to - 1).slice(0, 10);
  };
  const ask = () => {
    clearTimeout(timer);
    const wrong = mistakeIn(input.value, times);
    mistake.textContent = wrong ?? "";
    input.classList.toggle("wrong", wrong !== undefined);
    if (wrong !== undefined || input.value === asked) return;
    asked = input.value;
    dates();
    go(asked);
  };
  const put = (text: string) => {
    input.value = text;
    ask();
  };
  const limit = () => {
    const at = (value: string) => (value === "" ? undefined : Date.parse(`${value}T00:00:00Z`) * 1000);
    const [first, last] = [at(from.value), at(to.value)];
    put(
      setTime(asked, {
        ...(first !== undefined && { from: first }),
        ...(last !== undefined && { to: last + 86_400_000_000 }),
      }),
    );
  };
  const preset = (words: string, when: string | undefined) =>
    h(
      "button",
      { type: "button", onclick: () => put(when === undefined ? clear(asked, "time") : setTime(asked, when)) },
      words,
    );
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(ask, pauseAfter(input.value));
  });
  input.addEventListener("change", ask);
  const list = completionList(input, suggest);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") ask();
    if (event.key === "Escape" && mistakeIn(input.value, times) !== undefined) {
      event.stopPropagation();
      put(asked);
    }
  });
  from.addEventListener("change", limit);
  to.addEventListener("change", limit);
  const node = h(
    "form",
    { class: "filter", "aria-label": "Filter of the calls", onsubmit: (event: Event) => event.preventDefault() },
    h(
      "div",
      { class: "line" },
      h("div", { class: "filter-field" }, input, list),
      h("button", { type: "button", onclick: () => put("") }, "All calls"),
    ),
    h(
      "div",
      { class: "line dates" },
      h("label", {}, "from ", from),
      h("label", {}, "to ", to),
      preset("any time", undefined),
      times.cutoff !== undefined && preset("since the cutoff", ">=cutoff"),
      times.cutoff !== undefined && preset("before it", "<cutoff"),
      times.asOf !== undefined && preset(`last ${recent_days} days`, `last${recent_days}d`),
    ),
    mistake,
  );
  return {
    node,
    input,
    show(filter) {
      if (document.activeElement !== input || asked !== filter) input.value = filter;
      asked = filter;
      const wrong = mistakeIn(filter, times);
      mistake.textContent = wrong ?? "";
      input.classList.toggle("wrong", wrong !== undefined);
      if (wrong === undefined) dates();
    },
  };
}
