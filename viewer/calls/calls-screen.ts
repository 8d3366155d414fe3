import { figure } from "../../shared/base/figure.ts";
import { include } from "../../shared/filter/splice.ts";
import type { ReviewedCall } from "../../shared/model/accountability/review-file.ts";
import { CHUNK_ROWS } from "../../shared/viewer/data.ts";
import { eventPlace } from "../../shared/viewer/places.ts";
import type { Calls } from "../data/calls.ts";
import { type Found, find } from "../filter/evaluate.ts";
import { byId, fill, h } from "../parts/dom.ts";
import { save } from "../parts/save.ts";
import { counted } from "../parts/words.ts";
import { callForm, type ReviewForm } from "../review/form.ts";
import type { Remark, Remarks } from "../review/remarks.ts";
import { callTable, pagerOf } from "./call-table.ts";
import { type ColumnName, groupsFor, titleOf } from "./columns.ts";
import { csvOf } from "./csv.ts";
import { detailOf, neighbours } from "./detail.ts";
import { facets } from "./facets.ts";
import { type FilterBar, filterBar, mistakeIn } from "./filter-bar.ts";
import { orderOf } from "./order.ts";
import { searchNote, shareOf } from "./search-note.ts";
import { suggestionsOf } from "./suggestions.ts";
import { tagButtons, toggleTag } from "./tags.ts";
import { toolsOf } from "./tools.ts";
import { placeOfView, type View, viewOf, WHOLE } from "./view.ts";

const ROWS_OF_PAGE = 200;
const ONE_GO_MS = 2000;

/** The screen of calls: filter, facets, table, and one call in detail. */
export class CallsScreen {
  readonly #calls: Calls;
  readonly #remarks: Remarks;
  readonly #bar: FilterBar;
  readonly #status = h("p", { class: "count", role: "status" });
  readonly #search = searchNote(() => this.#toggleSearch());
  readonly #facets = h("div", { class: "facets" });
  readonly #table = h("div", { class: "rows", tabindex: 0, role: "region", "aria-label": "The calls that match" });
  readonly #pager = h("p", { class: "pager" });
  readonly #detail = h("aside", { class: "detail", "aria-label": "One call", hidden: true });
  readonly #tools = h("div", { class: "tools" });
  readonly #columns = h(
    "div",
    { class: "calls-columns" },
    this.#facets,
    h("div", { class: "list" }, this.#table, this.#pager),
    this.#detail,
  );
  #view: View = WHOLE;
  #found: Found | undefined;
  #rows: Uint32Array = new Uint32Array(0);
  #ordered = "";
  /** Of the newest question; older ones end unseen. */
  #turn = 0;
  #typedAt = 0;
  /** The reader does not want to wait for the rest of the lines. */
  #isStopped = false;
  #openRow: number | undefined;
  #form: ReviewForm | undefined;
  /** What the reader begins to say of the call that is being opened. */
  #beginNext: Remark["act"] | undefined;
  /** A row of another page, to be focused once that is drawn. */
  #focusNext: number | undefined;

  constructor(calls: Calls, remarks: Remarks) {
    this.#calls = calls;
    this.#remarks = remarks;
    this.#bar = filterBar(
      calls.catalog,
      (filter) => this.#typed(filter),
      (completion) => suggestionsOf(calls, completion),
    );
    fill(
      byId("calls-body"),
      this.#bar.node,
      h("div", { class: "count-line" }, this.#status, this.#search.node, this.#tools),
      this.#columns,
    );
  }

  get filterInput(): HTMLInputElement {
    return this.#bar.input;
  }

  /** The place of what is shown now. */
  get place(): string {
    return placeOfView(this.#view);
  }

  #go(change: Partial<View>): void {
    location.hash = placeOfView({ ...this.#view, ...change });
  }

  /** What is typed in one go is one step back. */
  #typed(filter: string): void {
    const now = Date.now();
    const isOneGo = now - this.#typedAt < ONE_GO_MS;
    this.#typedAt = now;
    const place = placeOfView({ ...this.#view, filter, page: 1 });
    if (isOneGo) location.replace(place);
    else location.hash = place;
  }

  async show(parts: readonly string[]): Promise<void> {
    this.#view = viewOf(parts);
    this.#close();
    this.#bar.show(this.#view.filter);
    await this.#run();
  }

  /** The page that has the call, and the call beside it. */
  async showEvent(event: number): Promise<void> {
    const row = event - 1;
    if (!(Number.isInteger(event) && row >= 0 && row < this.#calls.rows)) {
      this.#close();
      await this.#run();
      this.#status.textContent = `Call ${figure(event)} is not in this bundle, which has ${counted(this.#calls.rows, "call")}; the number is of another.`;
      return;
    }
    if (!this.#found) await this.#run();
    if (this.#found?.mask[row] !== 1) {
      this.#view = WHOLE;
      this.#bar.show("");
      await this.#run();
    }
    const at = this.#rows.indexOf(row);
    const page = Math.floor(at / ROWS_OF_PAGE) + 1;
    if (at >= 0 && page !== this.#view.page) {
      this.#view = { ...this.#view, page };
      await this.#draw();
    }
    await this.#open(row);
  }

  async #run(): Promise<void> {
    const turn = ++this.#turn;
    const isOff = () => turn !== this.#turn;
    const { filter } = this.#view;
    const wrong = mistakeIn(filter, this.#calls.catalog.times);
    if (wrong !== undefined) {
      this.#status.textContent = "This filter cannot be asked.";
      return;
    }
    try {
      if (this.#found?.text !== filter) this.#isStopped = false;
      const isNew = this.#found?.text !== filter || (this.#found.sought !== undefined && !this.#isStopped);
      if (isNew) {
        const progress = (done: number, all: number) => {
          if (!isOff() && all > 1) this.#status.textContent = `Reading, ${figure(done)} of ${figure(all)}`;
        };
        const some = (found: Found) => this.#showSome(found, isOff);
        const found = await find(this.#calls, filter, { progress, some, isOff: () => isOff() || this.#isStopped });
        if (isOff()) return;
        this.#found = found;
        this.#ordered = "";
        this.#search.show(found, true);
      }
      await this.#draw();
      if (isNew && !isOff()) await this.#drawFacets(isOff);
    } catch (error) {
      if (!isOff()) this.#status.textContent = `This could not be read: ${(error as Error).message}.`;
    }
  }

  /** While lines are looked through: how far that is, and the first calls until a page is full of them. */
  async #showSome(found: Found, isOff: () => boolean): Promise<void> {
    if (isOff()) return;
    this.#status.textContent = "Searching the lines";
    this.#search.show(found, false);
    const isFull = this.#found?.text === found.text && this.#rows.length >= ROWS_OF_PAGE;
    this.#found = found;
    this.#drawTools(found);
    if (isFull || found.count === 0) return;
    this.#ordered = "";
    await this.#draw();
  }

  #toggleSearch(): void {
    this.#isStopped = !this.#isStopped;
    if (!this.#isStopped) void this.#run();
  }

  /** After the rows, which are what was asked for. */
  async #drawFacets(isOff: () => boolean): Promise<void> {
    await new Promise((done) => setTimeout(done));
    const found = this.#found;
    if (isOff() || !found) return;
    const state = await facets(this.#calls, found, (text) => this.#go({ filter: text, page: 1 }));
    if (isOff()) return;
    const focus = this.#focusedFacet();
    fill(this.#facets, state);
    focus?.();
  }

  /** Gives the focus back to the box that was clicked, which is drawn anew. */
  #focusedFacet(): (() => void) | undefined {
    const focused = document.activeElement;
    if (!(focused instanceof HTMLElement) || !this.#facets.contains(focused)) return undefined;
    const nameOf = (each: Element) =>
      `${each.tagName} ${each.closest(".facet")?.getAttribute("aria-label")} ${each.closest("label")?.title ?? each.getAttribute("aria-label") ?? ""}`;
    const name = nameOf(focused);
    return () => {
      const all = this.#facets.querySelectorAll<HTMLElement>("input, button");
      Array.from(all)
        .find((each) => nameOf(each) === name)
        ?.focus();
    };
  }

  async #draw(): Promise<void> {
    const found = this.#found;
    if (!found) return;
    const turn = this.#turn;
    const { sort, isDown, columns } = this.#view;
    const order = `${sort} ${isDown}`;
    if (this.#ordered !== order) {
      await this.#calls.demand(["core", ...groupsFor([sort])]);
      if (turn !== this.#turn) return;
      this.#rows = orderOf(this.#calls, found.mask, found.count, sort, isDown);
      this.#ordered = order;
    }
    const pages = Math.max(1, Math.ceil(this.#rows.length / ROWS_OF_PAGE));
    const page = Math.min(this.#view.page, pages);
    const shown = this.#rows.subarray((page - 1) * ROWS_OF_PAGE, page * ROWS_OF_PAGE);
    for (const chunk of new Set(Array.from(shown, (row) => Math.floor(row / CHUNK_ROWS))))
      await this.#calls.demand(groupsFor(columns), chunk);
    if (turn !== this.#turn) return;
    if (!found.sought) this.#status.textContent = `${figure(found.count)} of ${counted(this.#calls.rows, "call")}`;
    else if (this.#isStopped) this.#status.textContent = `At least ${counted(found.count, "call")}`;
    const focused = this.#focusedRow();
    fill(this.#table, this.#tableOf(shown));
    this.#table.scrollTop = 0;
    this.#table.querySelector(`tr[data-row="${this.#openRow}"]`)?.classList.add("open");
    focused?.();
    if (this.#focusNext !== undefined) this.#linkOf(this.#focusNext)?.focus();
    this.#focusNext = undefined;
    fill(
      this.#pager,
      pagerOf(page, pages, (change) => this.#go(change)),
    );
    this.#pager.hidden = pages === 1;
    this.#drawTools(found);
    byId("calls-printed").textContent =
      `Filter: ${found.text === "" ? "none, all calls" : found.text}. ${found.sought ? `Sought in ${shareOf(found.sought)} of the lines alone: at least ` : ""}${counted(found.count, "call")} of ${figure(this.#calls.rows)}; on this print ${shown.length === 0 ? "none" : `the ${figure((page - 1) * ROWS_OF_PAGE + 1)}. to the ${figure((page - 1) * ROWS_OF_PAGE + shown.length)}.`}, in the order of ${titleOf(sort)}${isDown ? ", downwards" : ""}.`;
  }

  /** Gives the focus back to the row that had it, where it is still there. */
  #focusedRow(): (() => void) | undefined {
    const row = document.activeElement?.closest<HTMLElement>("tr[data-row]");
    if (!row || !this.#table.contains(row)) return undefined;
    return () => this.#linkOf(Number(row.dataset.row))?.focus();
  }

  #tableOf(rows: Uint32Array): HTMLElement {
    return rows.length === 0
      ? h("p", { class: "empty" }, this.#found?.sought ? "No call found yet." : "No call matches.")
      : callTable(this.#calls, rows, this.#view, (change) => this.#go(change));
  }

  #drawTools(found: Found): void {
    const isOpen = this.#tools.querySelector("details")?.open === true;
    const acts = {
      choose: (columns: readonly ColumnName[]) => this.#go({ columns }),
      write: () => void this.#export(found),
    };
    fill(this.#tools, toolsOf(found, this.#view.columns, isOpen, acts));
  }

  async #export(found: Found): Promise<void> {
    const { columns } = this.#view;
    const rows = this.#rows;
    await this.#calls.demand(groupsFor(columns), undefined, (done, all) => {
      this.#status.textContent = `Reading, ${figure(done)} of ${figure(all)}`;
    });
    save(csvOf(this.#calls, rows, columns), `${this.#calls.catalog.name}-calls.csv`);
    this.#status.textContent = `${figure(found.count)} of ${counted(this.#calls.rows, "call")}; exported with ${columns.length} columns`;
  }

  async #open(row: number): Promise<void> {
    const turn = this.#turn;
    this.#detail.hidden = false;
    this.#openRow = row;
    this.#columns.classList.add("with-detail");
    this.#mark(row);
    const heading = h("h2", { tabindex: -1 }, `Call ${figure(row + 1)}`);
    const close = h("a", { href: this.place, class: "close" }, "Close");
    fill(this.#detail, h("header", {}, heading, close), neighbours(this.#calls, row), h("p", {}, "Reading the line"));
    try {
      const made = await detailOf(this.#calls, row);
      if (turn !== this.#turn) return;
      fill(
        this.#detail,
        h("header", {}, heading, close),
        neighbours(this.#calls, row),
        made,
        h("h3", {}, "Your review"),
        this.#formOf(row).node,
        h("p", { class: "m" }, `This call's place: ${eventPlace(row + 1)}`),
      );
      heading.focus({ preventScroll: true });
      if (this.#beginNext) this.#form?.begin(this.#beginNext);
      this.#beginNext = undefined;
    } catch (error) {
      fill(this.#detail, h("header", {}, heading, close), h("p", { role: "alert" }, `${(error as Error).message}.`));
    }
  }

  #formOf(row: number): ReviewForm {
    const call = this.#placeOf(row);
    this.#form = callForm(this.#remarks, { call }, () => tagButtons(this.#calls, this.#remarks, call));
    return this.#form;
  }

  /** Where a call stands in its log, by which a case knows it again. */
  #placeOf(row: number): ReviewedCall {
    const number = (name: "source" | "line" | "offset" | "part") => this.#calls.value(name, row) as number | undefined;
    const part = number("part");
    return {
      event: row + 1,
      source: number("source") ?? 0,
      line: number("line") ?? 0,
      offset: number("offset") ?? 0,
      ...(part !== undefined && { part }),
    };
  }

  #mark(row: number): void {
    for (const each of this.#table.querySelectorAll("tr.open")) each.classList.remove("open");
    const line = this.#table.querySelector(`tr[data-row="${row}"]`);
    line?.classList.add("open");
    line?.scrollIntoView({ block: "nearest" });
  }

  #close(): void {
    if (this.#detail.hidden) return;
    this.#openRow = undefined;
    this.#form = undefined;
    const open = this.#table.querySelector<HTMLElement>("tr.open a");
    this.#detail.hidden = true;
    this.#columns.classList.remove("with-detail");
    this.#detail.replaceChildren();
    this.#table.querySelector("tr.open")?.classList.remove("open");
    open?.focus();
  }

  /** The call that is open, else the one that has the focus. */
  get row(): number | undefined {
    const row = document.activeElement?.closest<HTMLElement>("tr[data-row]")?.dataset.row;
    return this.#openRow ?? (row === undefined ? undefined : Number(row));
  }

  #linkOf(row: number): HTMLElement | null {
    return this.#table.querySelector<HTMLElement>(`tr[data-row="${row}"] a`);
  }

  /** Goes to a call by its place in the list, and opens it where one is open. */
  moveTo(index: number): void {
    const row = this.#rows[index];
    if (row === undefined) return;
    const page = Math.floor(index / ROWS_OF_PAGE) + 1;
    if (this.#openRow !== undefined) location.hash = eventPlace(row + 1);
    else if (page === this.#view.page) this.#linkOf(row)?.focus();
    else {
      this.#focusNext = row;
      this.#go({ page });
    }
  }

  /** To the next call of the list, or the one before. */
  step(by: 1 | -1): void {
    const { row } = this;
    this.moveTo(row === undefined ? (this.#view.page - 1) * ROWS_OF_PAGE : this.#rows.indexOf(row) + by);
  }

  toEnd(isLast: boolean): void {
    this.moveTo(isLast ? this.#rows.length - 1 : 0);
  }

  /** To the next call that the bundle or the reader tagged. False where there is none. */
  stepTagged(by: 1 | -1): boolean {
    const own = new Set(this.#remarks.all.flatMap((each) => (each.act === "tag" ? [(each.call.event ?? 0) - 1] : [])));
    const at = this.row === undefined ? (by === 1 ? -1 : this.#rows.length) : this.#rows.indexOf(this.row);
    for (let index = at + by; index >= 0 && index < this.#rows.length; index += by) {
      const row = this.#rows[index] as number;
      if (!own.has(row) && this.#calls.value("tags", row) === undefined) continue;
      this.moveTo(index);
      return true;
    }
    return false;
  }

  /** Asks for words on the call that is open, or opens the one that has the focus. False where there is none. */
  begin(act: Remark["act"]): boolean {
    const { row } = this;
    if (row === undefined) return false;
    if (this.#form) this.#form.begin(act);
    else {
      this.#beginNext = act;
      location.hash = eventPlace(row + 1);
    }
    return true;
  }

  /** Tags the call, or takes the tag off. @returns what is to be said of it */
  async tag(number: number): Promise<string> {
    const { row } = this;
    if (row === undefined) return "There is no call: j goes to one.";
    await this.#calls.demand(["core", "place"], Math.floor(row / CHUNK_ROWS));
    const said = toggleTag(this.#calls, this.#remarks, this.#placeOf(row), number);
    if (said === undefined) this.begin("tag");
    return said ?? `No tag has the number ${number}: write one.`;
  }

  /** Of the calls those that have what this one has. @returns what is to be said where it has nothing */
  async same(field: "developer" | "app" | "actor" | "ip" | "request_id"): Promise<string | undefined> {
    const { row } = this;
    if (row === undefined) return "There is no call: j goes to one.";
    await this.#calls.demand(groupsFor([field]), Math.floor(row / CHUNK_ROWS));
    const value = this.#calls.value(field, row);
    if (value === undefined) return `The call has no ${titleOf(field).toLowerCase()}.`;
    this.#go({ filter: include(this.#view.filter, field, String(value)), page: 1 });
    return undefined;
  }

  /** Closes what is open. False where nothing is. */
  escape(): boolean {
    if (this.#detail.hidden) return false;
    location.hash = this.place;
    return true;
  }
}
