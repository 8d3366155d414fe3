import type { ReviewedCall } from "../../shared/model/accountability/review-file.ts";
import type { Calls } from "../data/calls.ts";
import { type Child, h } from "../parts/dom.ts";
import type { Remarks } from "../review/remarks.ts";

/** Those that have a key. */
const MOST = 9;

/** The tags of the bundle by their names, then those that were given here; `core` must be there. */
function tagsOf(calls: Calls, remarks: Remarks): string[] {
  const tags = new Set<string>();
  for (let chunk = 0; chunk < calls.chunks; chunk += 1) {
    const part = calls.part("tags", chunk);
    if (part?.kind === "list") for (const each of part.values.flat()) tags.add(each);
  }
  const own = remarks.all.flatMap((each) => (each.act === "tag" ? [each.text] : []));
  return [...new Set([...[...tags].sort(), ...own])].slice(0, MOST);
}

const has = (calls: Calls, row: number, tag: string): boolean =>
  ((calls.value("tags", row) ?? []) as readonly string[]).includes(tag);

/** Puts a tag on a call, or takes it off again where it was put on here. @returns what was done, undefined where no tag has the number */
export function toggleTag(calls: Calls, remarks: Remarks, call: ReviewedCall, number: number): string | undefined {
  const tag = tagsOf(calls, remarks)[number - 1];
  if (tag === undefined) return undefined;
  const given = remarks.on({ call }).find((each) => each.act === "tag" && each.text === tag);
  if (given) {
    remarks.takeBack(given);
    return `Took tag ${tag} off again.`;
  }
  if (has(calls, (call.event ?? 0) - 1, tag)) return `The bundle has tag ${tag} on it.`;
  remarks.add({ act: "tag", call, text: tag });
  return `Tagged ${tag}, not saved yet.`;
}

/** A button for each, with its key. */
export function tagButtons(calls: Calls, remarks: Remarks, call: ReviewedCall): Child {
  const tags = tagsOf(calls, remarks);
  if (tags.length === 0) return undefined;
  const given = new Set(remarks.on({ call }).flatMap((each) => (each.act === "tag" ? [each.text] : [])));
  return h(
    "p",
    { class: "tag-buttons" },
    ...tags.map((tag, at) => {
      const isThere = has(calls, (call.event ?? 0) - 1, tag);
      return h(
        "button",
        {
          type: "button",
          "aria-pressed": given.has(tag) || isThere ? "true" : "false",
          "aria-keyshortcuts": String(at + 1),
          disabled: isThere,
          title: isThere && "The bundle has it on this call",
          onclick: () => toggleTag(calls, remarks, call, at + 1),
        },
        h("kbd", { "aria-hidden": "true" }, String(at + 1)),
        tag,
      );
    }),
  );
}
