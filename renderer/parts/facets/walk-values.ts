import type { KeyboardEvent } from "react";

/** Up and down between the values, right and left between a value, *only* and *not*. */
export function walkValues(event: KeyboardEvent<HTMLUListElement>): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const target = event.target as HTMLElement;
  const item = target.closest("li");
  if (!item) return;
  const sideways = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  const along = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (sideways !== 0) {
    const all = [...item.querySelectorAll<HTMLElement>("input, button")];
    all[Math.max(0, Math.min(all.length - 1, all.indexOf(target) + sideways))]?.focus();
  } else if (along !== 0) {
    const boxes = [...(item.closest(".facets")?.querySelectorAll<HTMLElement>("input.facet-box, .facet-title") ?? [])];
    const at = boxes.indexOf(item.querySelector("input.facet-box") as HTMLElement);
    boxes[Math.max(0, Math.min(boxes.length - 1, at + along))]?.focus();
  } else return;
  event.preventDefault();
}
