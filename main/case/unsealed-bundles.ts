import { type CustodyEntry, record } from "../custody/append.ts";
import type { CustodyBook } from "../custody/book.ts";

/**
 * A bundle is an act before it is written, and `seal` once it is whole. One that did not come so far gets the act
 * `bundle-failed` instead. Its number is used up: a file that somebody may have begun to look at is not another one's namesake.
 */
export function failBundle(
  book: CustodyBook,
  bundle: { readonly name: string; readonly number: number },
  why: string,
  by?: string,
): void {
  record(book, "bundle-failed", { name: bundle.name, number: bundle.number, why }, by);
}

/** Says of a bundle that was made that it fails its own check. Its file stays. Said again, nothing changes. */
export function tellUnsound(book: CustodyBook, name: string, by?: string): void {
  book.db.transaction(() => {
    const of = bundleActs(book).filter(({ detail }) => detail.name === name);
    const begun = of.find(({ act }) => act === "bundle");
    if (begun && !of.some(({ act }) => act === "bundle-failed"))
      failBundle(book, { name, number: begun.detail.number as number }, "bundle-unsound", by);
  })();
}

/** Says of each bundle that was begun and not sealed that it failed. Nobody may be making one: only who has the case's lock calls it. */
export function settleBundles(book: CustodyBook): void {
  if (unsealed(book).length === 0) return;
  book.db.transaction(() => {
    for (const { name, number, by } of unsealed(book)) failBundle(book, { name, number }, "broken-off", by);
  })();
}

/** Acts of older versions told of a bundle when it was made, without its selection. */
function unsealed(book: CustodyBook): { name: string; number: number; by: string }[] {
  const open = new Map<unknown, { name: string; number: number; by: string }>();
  for (const { act, by, detail } of bundleActs(book)) {
    const { name, number, selected } = detail as { name: string; number: number; selected?: unknown };
    if (act !== "bundle") open.delete(number);
    else if (selected !== undefined) open.set(number, { name, number, by });
  }
  return [...open.values()];
}

/** In their order. A damaged entry is none: `verify` says so. */
const bundleActs = ({ db }: CustodyBook): CustodyEntry[] =>
  (
    db
      .prepare(
        `select entry from custody where json_valid(entry)
         and json_extract(entry, '$.act') in ('bundle', 'seal', 'bundle-failed') order by seq`,
      )
      .pluck()
      .all() as string[]
  ).map((line) => JSON.parse(line) as CustodyEntry);
