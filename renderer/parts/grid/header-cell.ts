import type { IHeaderComp, IHeaderParams } from "ag-grid-community";

/** How a heading asks for another order. */
export interface Sorting {
  /** As requests sort; absent: it does not. */
  readonly field?: string;
  sort(): string | undefined;
  onSort(sort: string | undefined): void;
}

/** A heading that sorts by asking the engine: the grid's own sorting would empty it first. */
export class HeaderCell implements IHeaderComp {
  readonly #gui = document.createElement("button");
  #params: (IHeaderParams & Sorting) | undefined;

  init(params: IHeaderParams & Sorting): void {
    this.#gui.type = "button";
    this.#gui.tabIndex = -1;
    this.#gui.className = "head-cell";
    this.#gui.addEventListener("click", () => this.#turn());
    // the heading as a whole is what keys reach
    params.eGridHeader.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.#turn();
    });
    this.refresh(params);
  }

  /** Up, down, and back to the order of time. */
  #turn(): void {
    const { field, sort, onSort } = this.#params as IHeaderParams & Sorting;
    if (field === undefined) return;
    const way = wayOf(sort(), field);
    const next = way === "none" ? field : way === "ascending" ? `${field}:desc` : undefined;
    onSort(next === "time" ? undefined : next);
  }

  getGui(): HTMLElement {
    return this.#gui;
  }

  refresh(params: IHeaderParams & Sorting): boolean {
    this.#params = params;
    const way = params.field === undefined ? "none" : wayOf(params.sort(), params.field);
    this.#gui.textContent = `${params.displayName}${way === "ascending" ? " \u2191" : way === "descending" ? " \u2193" : ""}`;
    this.#gui.disabled = params.field === undefined;
    params.eGridHeader.setAttribute("aria-sort", way);
    return true;
  }
}

function wayOf(sort: string | undefined, field: string): "ascending" | "descending" | "none" {
  const [by = "time", way = "asc"] = (sort ?? "time").split(":");
  return by !== field ? "none" : way === "desc" ? "descending" : "ascending";
}
