import fc from "fast-check";
import { expect, test } from "vitest";
import { Dataset } from "../../../../main/query/dataset.ts";
import { searching } from "../../../../main/query/filter/text-search.ts";
import { select } from "../../../../main/query/results/selection.ts";
import { imported } from "../../intake/imported.ts";

const HEAD = "time,app,path\n";
const row = (minute: number, path: string) => `2018-04-04T12:${String(minute).padStart(2, "0")}:00Z,a1,${path}`;

/** Of these lines as an import has them: those that a search finds, counted from 0. */
async function searched(paths: readonly string[], encoding: BufferEncoding = "utf8") {
  const text = HEAD + paths.map((path, index) => `${row(index, path)}\n`).join("");
  const bytes = encoding === "utf16le" ? Buffer.from(`\uFEFF${text}`, encoding) : Buffer.from(text, encoding);
  const dataset = new Dataset((await imported(bytes)).caseFile);
  const lines = dataset.columns.numbers("line");
  return (filter: string) => Array.from(select(dataset, filter).positions, (p) => (lines[p] as number) - 2);
}

test("a text is found in any case, wherever it stands in the line, and not across two lines", async () => {
  const find = await searched(["/x/TOKEN", "/tok", "en/y", "/Token?token", "/none"]);
  expect(find("token")).toEqual([0, 3]);
  expect(find('"a1,/tok"')).toEqual([1, 3]);
  // the end of one record and the beginning of the next
  expect(find('"none 2018"')).toEqual([]);
  expect(find("-token")).toEqual([1, 2, 4]);
});

test("letters beyond ASCII are found in any case, beside lines that have none", async () => {
  const find = await searched(["/straße", "/STRASSE", "/ÄRGER", "/ärger", "/plain"]);
  expect(find("ärger")).toEqual([2, 3]);
  expect(find("straße")).toEqual([0]);
  expect(find("PLAIN")).toEqual([4]);
});

test("a file in UTF-16 is searched as text, not as bytes", async () => {
  const find = await searched(["/token", "/ключ", "/other"], "utf16le");
  expect(find("TOKEN")).toEqual([0]);
  expect(find("КЛЮЧ")).toEqual([1]);
});

test("a star spans any part of one line, in order", async () => {
  const find = await searched(["/a-1-b", "/b-1-a", "/ab"]);
  expect(find('"/a"*b')).toEqual([0, 2]);
});

test("words that an `or` joins find what each finds, in one reading, beside stars and letters beyond ASCII", async () => {
  const paths = ["/x/TOKEN", "/straße", "/ÄRGER/key", "/Key", "/none", "/a-1-b"];
  for (const encoding of ["utf8", "utf16le"] as const) {
    const find = await searched(paths, encoding);
    expect(find("token or KEY")).toEqual([0, 2, 3]);
    expect(find("token or straße or none")).toEqual([0, 1, 4]);
    expect(find('key or "/a"*b or api:none')).toEqual([2, 3, 5]);
    expect(find("-(token or key)")).toEqual([1, 4, 5]);
  }
});

test("a thousand words are one reading; a thousand that each need their own are refused", async () => {
  const find = await searched(["/w7x", "/none"]);
  const many = (word: (at: number) => string, by: string) => Array.from({ length: 1000 }, (_, at) => word(at)).join(by);
  expect(find(many((at) => `w${at}x`, " or "))).toEqual([0]);
  const refused = expect.objectContaining({ code: "filter-wrong", what: expect.stringContaining("1,000") });
  expect(() => find(many((at) => `w${at}`, " "))).toThrow(refused);
  expect(() => find(many((at) => `"a"*${at}`, " or "))).toThrow(refused);
  expect(() => find(many((at) => `request_id:*${at}`, " or "))).toThrow(refused);
});

test("a search says how far it has come, ends with every record looked at, and is not done twice", async () => {
  const { caseFile } = await imported(HEAD + ["/x", "/y", "/xx"].map((path, at) => `${row(at, path)}\n`).join(""));
  const dataset = new Dataset(caseFile);
  const steps = [...searching(dataset, [["/x"]])];
  expect(steps.at(-1)).toEqual({ done: 3, found: 2 });
  expect([...searching(dataset, [["/x"]])]).toEqual([]);
});

test("pieces of any length find what a plain look at each line finds, ASCII or not", async () => {
  const word = fc.constantFrom("a", "b", "ab", "É", "x");
  const paths = fc.sample(
    fc.array(word, { maxLength: 5 }).map((words) => `/${words.join("")}`),
    { numRuns: 50, seed: 7 },
  );
  // so many that the file is read in more than one piece
  const many = Array.from({ length: 8000 }, (_, n) => `${paths[n % paths.length]}${"-".repeat(20)}`);
  const text = HEAD + many.map((path, n) => `${row(n % 60, path)}\n`).join("");
  const dataset = new Dataset((await imported(text)).caseFile);
  const lines = dataset.columns.numbers("line");
  for (const wanted of ["ab", "é", "/a-", "bab"]) {
    const found = Array.from(select(dataset, `"${wanted}"`).positions, (p) => (lines[p] as number) - 2).sort(
      (a, b) => a - b,
    );
    const plain = many.flatMap((path, n) =>
      row(n % 60, path)
        .toLowerCase()
        .includes(wanted)
        ? [n]
        : [],
    );
    const originals = plain.filter((n) => found.includes(n));
    // records that are the same in every byte count once
    expect(found).toEqual(originals);
    expect(plain.length).toBeGreaterThan(0);
    const all = Array.from(
      select(dataset, `"${wanted}" (duplicate:yes or duplicate:no)`).positions,
      (p) => (lines[p] as number) - 2,
    );
    expect(
      all.sort((a, b) => a - b),
      wanted,
    ).toEqual(plain);
  }
});
