import { figure } from "../../shared/base/figure.ts";
import { type Completion, complete } from "../../shared/filter/complete.ts";
import { fieldRow } from "../../shared/filter/fields.ts";
import { accepted, type Suggestion } from "../../shared/filter/typed/suggest.ts";
import { type Child, fill, h } from "../parts/dom.ts";

export type Suggest = (completion: Completion) => Promise<readonly Suggestion[]>;

/** What may be written at the caret of the filter, beneath it. Arrows choose, Enter and Tab take, Esc closes. */
export function completionList(input: HTMLInputElement, suggest: Suggest): HTMLElement {
  const list = h("ul", { id: "completions", role: "listbox", "aria-label": "Completions", hidden: true });
  let found: readonly Suggestion[] = [];
  let completion = complete("", 0);
  let active = -1;
  let turn = 0;
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  const mark = () => {
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(found.length > 0));
    for (const [at, each] of Array.from(list.querySelectorAll("[role=option]")).entries())
      each.setAttribute("aria-selected", String(at === active));
    if (active < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", `completion-${active}`);
    if (active >= 0) list.children[active]?.scrollIntoView({ block: "nearest" });
  };
  const close = () => {
    turn += 1;
    found = [];
    mark();
  };
  const take = (chosen: Suggestion) => {
    const { text, caret } = accepted(input.value, completion, chosen);
    input.value = text;
    input.setSelectionRange(caret, caret);
    input.focus();
    close();
    input.dispatchEvent(new Event("input", { bubbles: true }));
    if (!chosen.written.endsWith(":")) close();
  };
  const option = (each: Suggestion, at: number): Child =>
    h(
      "li",
      {
        id: `completion-${at}`,
        role: "option",
        onmousedown: (event: MouseEvent) => event.preventDefault(),
        onclick: () => take(each),
      },
      h("span", { class: "mono" }, each.label),
      h("span", { class: "m" }, each.count === undefined ? (each.detail ?? "") : figure(each.count)),
    );
  const draw = async () => {
    turn += 1;
    const own = turn;
    const asked = complete(input.value, input.selectionStart ?? input.value.length);
    const made = await suggest(asked);
    if (own !== turn || document.activeElement !== input) return;
    [completion, found, active] = [asked, made, -1];
    const { field } = asked;
    const hint = field === undefined ? undefined : fieldRow(field);
    fill(
      list,
      ...made.map(option),
      hint &&
        h(
          "li",
          { class: "hint m", role: "presentation" },
          `${hint.description.replaceAll("`", "")}, for example `,
          h("code", {}, hint.example),
        ),
    );
    mark();
  };
  input.addEventListener("input", () => void draw().catch(close));
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const { length } = found;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (length === 0) void draw().catch(close);
      else active = (active + (event.key === "ArrowDown" ? 1 : active < 0 ? 0 : -1) + length) % length;
      mark();
    } else if ((event.key === "Enter" || event.key === "Tab") && active >= 0 && length > 0 && !event.shiftKey)
      take(found[active] as Suggestion);
    else if (event.key === "Escape" && length > 0) close();
    else {
      if (event.key === "Enter") close();
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
  });
  return list;
}
