import { MAX_REVIEW_TAG, MAX_REVIEW_TEXT } from "../../shared/model/accountability/review-limits.ts";
import { type Child, fill, h } from "../parts/dom.ts";
import type { Remark, Remarks, Target } from "./remarks.ts";
import { saidOf } from "./words.ts";

/** Where a reader says something of one finding, or of one call. */
export interface ReviewForm {
  readonly node: HTMLElement;
  /** Asks for the words of such a remark. */
  begin(act: Remark["act"]): void;
}

interface Act {
  readonly act: Remark["act"];
  readonly word: string;
  readonly key: string;
  make(text: string): Remark;
}

interface Asked {
  readonly label: string;
  readonly acts: readonly Act[];
  readonly target: Target;
  /** Stands beneath the buttons, drawn anew after each remark. */
  readonly more?: () => Child;
}

/** Confirm, dispute or comment a finding. @param next leads to the next one, once something was said of this */
export const findingForm = (
  remarks: Remarks,
  target: Extract<Target, { finding: unknown }>,
  next: () => Child,
): ReviewForm =>
  reviewForm(remarks, {
    label: "What you say of this finding",
    target,
    acts: [
      { act: "confirm", word: "Confirm", key: "c", make: (text) => ({ act: "confirm", ...target, text }) },
      { act: "dispute", word: "Dispute", key: "x", make: (text) => ({ act: "dispute", ...target, text }) },
      { act: "comment", word: "Comment", key: "n", make: (text) => ({ act: "comment", ...target, text }) },
    ],
    more: () => remarks.on(target).length > 0 && next(),
  });

/** Comment or tag a call. @param tags puts those that are known on it, or takes them off */
export const callForm = (remarks: Remarks, target: Extract<Target, { call: unknown }>, tags: () => Child): ReviewForm =>
  reviewForm(remarks, {
    label: "What you say of this call",
    target,
    acts: [
      { act: "comment", word: "Comment", key: "n", make: (text) => ({ act: "comment", ...target, text }) },
      {
        act: "tag",
        word: "Tag",
        key: "t",
        make: (text) => ({ act: "tag", ...target, text: text.slice(0, MAX_REVIEW_TAG) }),
      },
    ],
    more: tags,
  });

function reviewForm(remarks: Remarks, { label, acts, target, more }: Asked): ReviewForm {
  const text = h("textarea", { rows: 2, maxlength: MAX_REVIEW_TEXT, "aria-label": label, placeholder: label });
  const done = h("span", { role: "status", class: "m" });
  const list = h("ul", { class: "own-remarks" });
  const below = h("div");
  let first = acts[0] as Act;
  const say = ({ word, make }: Act) => {
    const said = text.value.trim();
    if (said === "") {
      done.textContent = "Write the reason first.";
      text.focus();
      return;
    }
    text.value = "";
    remarks.add(make(said));
    done.textContent = `${word}: noted, not saved yet.`;
    node.focus({ preventScroll: true });
  };
  const buttons = acts.map((each) =>
    h(
      "button",
      { type: "button", "aria-keyshortcuts": each.key, onclick: () => say(each) },
      each.word,
      h("kbd", { "aria-hidden": "true" }, each.key),
    ),
  );
  const mark = () => {
    for (const [at, button] of buttons.entries()) button.classList.toggle("first", acts[at] === first);
  };
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) say(first);
    else if (event.key === "Escape") node.focus({ preventScroll: true });
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  const node = h(
    "div",
    { class: "review screen-only", role: "group", "aria-label": "Your review", tabindex: -1 },
    list,
    text,
    h("p", {}, ...buttons, done),
    below,
  );
  const draw = () => {
    fill(
      list,
      ...remarks
        .on(target)
        .map((remark) =>
          h(
            "li",
            {},
            `You said: ${saidOf(remark)} `,
            h("button", { type: "button", onclick: () => remarks.takeBack(remark) }, "Take back"),
          ),
        ),
    );
    fill(below, more?.());
  };
  draw();
  mark();
  remarks.onChange(() => {
    if (!node.isConnected) return false;
    draw();
    return true;
  });
  return {
    node,
    begin(act) {
      first = acts.find((each) => each.act === act) ?? first;
      mark();
      done.textContent = `${first.word}: say why, then Ctrl+Enter.`;
      text.scrollIntoView({ block: "nearest" });
      text.focus();
    },
  };
}
