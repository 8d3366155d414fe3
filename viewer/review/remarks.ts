import type {
  ReviewedCall,
  ReviewedFinding,
  ReviewFile,
  ReviewFileAct,
} from "../../shared/model/accountability/review-file.ts";
import { byId, fill, h } from "../parts/dom.ts";
import { save } from "../parts/save.ts";
import { counted } from "../parts/words.ts";

/** What a reader of the bundle says of it. It is kept nowhere but here, until it is saved as a file. */
export class Remarks {
  readonly #bundle: string;
  readonly #acts: ReviewFileAct[] = [];
  #saved = 0;
  readonly #author = h("input", {
    type: "text",
    autocomplete: "off",
    "aria-label": "Your name",
    placeholder: "Your name",
  });
  readonly #said = h("span", { role: "status" });
  readonly #bar: HTMLElement;

  constructor(bundle: string) {
    this.#bundle = bundle;
    this.#bar = h(
      "section",
      { class: "remarks screen-only", "aria-label": "Your remarks", hidden: true },
      this.#said,
      this.#author,
      h("button", { type: "button", onclick: () => this.#save() }, "Save review file"),
      h("button", { type: "button", onclick: () => this.#takeBack() }, "Take the last one back"),
    );
    byId("main").after(this.#bar);
    addEventListener("beforeunload", (event) => {
      if (this.#acts.length > this.#saved) event.preventDefault();
    });
  }

  add(act: ReviewFileAct): void {
    this.#acts.push(act);
    this.#tell();
  }

  #takeBack(): void {
    this.#acts.pop();
    this.#saved = Math.min(this.#saved, this.#acts.length);
    this.#tell();
  }

  #tell(more = ""): void {
    const { length } = this.#acts;
    this.#bar.hidden = length === 0;
    const state = length > this.#saved ? "not saved" : "saved";
    this.#said.textContent = `${counted(length, "remark")}, ${state}. ${more}`;
  }

  #save(): void {
    const digest = document.body.dataset.tagmanifest;
    const author = this.#author.value.trim();
    if (digest === undefined) {
      this.#tell("First give this page the zip or its folder: a review names the bundle by its digest.");
      return;
    }
    if (author === "") {
      this.#tell("Say who you are.");
      this.#author.focus();
      return;
    }
    const file: ReviewFile = {
      schema: "exhibit/review@1",
      bundle: { name: this.#bundle, tagmanifest_sha256: digest },
      author,
      at: `${new Date().toISOString().slice(0, 19)}Z`,
      acts: this.#acts,
    };
    save(
      new Blob([`${JSON.stringify(file, undefined, 1)}\n`], { type: "application/json" }),
      `${this.#bundle}.review.json`,
    );
    this.#saved = this.#acts.length;
    this.#tell("Send the file to whoever made the bundle.");
  }
}

/** Confirm, dispute or comment a finding. */
export const findingForm = (remarks: Remarks, finding: ReviewedFinding): HTMLElement =>
  form("What you say of this finding", [
    ["Confirm", (text) => remarks.add({ act: "confirm", finding, text })],
    ["Dispute", (text) => remarks.add({ act: "dispute", finding, text })],
    ["Comment", (text) => remarks.add({ act: "comment", finding, text })],
  ]);

/** Comment or tag a call. */
export const callForm = (remarks: Remarks, call: ReviewedCall): HTMLElement =>
  form("What you say of this call", [
    ["Comment", (text) => remarks.add({ act: "comment", calls: [call], text })],
    ["Tag", (tag) => remarks.add({ act: "tag", calls: [call], tag: tag.slice(0, MAX_TAG) })],
  ]);

const MAX_TAG = 100;
const MAX_TEXT = 10_000;

function form(label: string, acts: readonly (readonly [word: string, act: (text: string) => void])[]): HTMLElement {
  const text = h("textarea", { rows: 2, maxlength: MAX_TEXT, "aria-label": label, placeholder: label });
  const done = h("span", { role: "status", class: "m" });
  const buttons = acts.map(([word, act]) =>
    h(
      "button",
      {
        type: "button",
        onclick: () => {
          const said = text.value.trim();
          if (said === "") {
            done.textContent = "Write the reason first.";
            text.focus();
            return;
          }
          act(said);
          text.value = "";
          done.textContent = `${word}: noted, not saved yet.`;
        },
      },
      word,
    ),
  );
  const node = h("div", { class: "review screen-only" });
  fill(node, text, h("p", {}, ...buttons, done));
  return node;
}
