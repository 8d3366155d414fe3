import type { ReviewFile } from "../../shared/model/accountability/review-file.ts";
import { MAX_REVIEW_ACTS } from "../../shared/model/accountability/review-limits.ts";
import type { Catalog } from "../../shared/viewer/data.ts";
import { byId, fill, h } from "../parts/dom.ts";
import { save } from "../parts/save.ts";
import { counted } from "../parts/words.ts";
import type { Remarks } from "./remarks.ts";
import { aboutOf, saidOf } from "./words.ts";

/** Under every screen, as soon as something was said: how much, a list of it, and the file that it becomes. */
export function remarksBar(remarks: Remarks, catalog: Catalog): void {
  const author = h("input", { type: "text", autocomplete: "off", "aria-label": "Your name", placeholder: "Your name" });
  const said = h("span", { role: "status" });
  const list = h("ul");
  const tell = (more = "") => {
    const { length } = remarks.all;
    bar.hidden = length === 0;
    said.textContent = `${counted(length, "remark")}, ${remarks.isSaved ? "saved" : "not saved"}. ${more}`;
    fill(
      list,
      ...remarks.all.map((remark) => {
        const { words, place } = aboutOf(catalog, remark);
        return h(
          "li",
          {},
          h("a", { href: place }, words),
          ` ${saidOf(remark)} `,
          h("button", { type: "button", onclick: () => remarks.takeBack(remark) }, "Take back"),
        );
      }),
    );
  };
  const write = () => {
    const digest = document.body.dataset.tagmanifest;
    const acts = remarks.acts();
    if (digest === undefined)
      return tell("First give this page the zip or its folder: a review names the bundle by its digest.");
    if (acts.length > MAX_REVIEW_ACTS)
      return tell(`A case takes no more than ${counted(MAX_REVIEW_ACTS, "remark")} at once: take some back.`);
    if (author.value.trim() === "") {
      author.focus();
      return tell("Say who you are.");
    }
    const file: ReviewFile = {
      schema: "exhibit/review@1",
      bundle: { name: catalog.name, tagmanifest_sha256: digest },
      author: author.value.trim(),
      at: `${new Date().toISOString().slice(0, 19)}Z`,
      acts,
    };
    save(
      new Blob([`${JSON.stringify(file, undefined, 1)}\n`], { type: "application/json" }),
      `${catalog.name}.review.json`,
    );
    remarks.saved();
    tell("Send the file to whoever made the bundle.");
  };
  const bar = h(
    "section",
    { class: "remarks screen-only", "aria-label": "Your remarks", hidden: true },
    said,
    h("details", {}, h("summary", {}, "Show them"), list),
    author,
    h("button", { type: "button", onclick: write }, "Save review file"),
    h("button", { type: "button", onclick: () => remarks.takeBack() }, "Take the last one back"),
  );
  byId("main").after(bar);
  remarks.onChange(() => {
    tell();
    return true;
  });
  addEventListener("beforeunload", (event) => {
    if (!remarks.isSaved) event.preventDefault();
  });
}
