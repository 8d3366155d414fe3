import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { compareActs } from "../../../../main/bundle/verify/case/acts-and-rows.ts";
import { readEventRows } from "../../../../main/bundle/verify/case/event-rows.ts";
import type { Case } from "../../../../main/case/case.ts";
import { newCase } from "../../../fixture.ts";
import { imported } from "../imported.ts";

const detailOf = ({ db }: Case) =>
  (
    JSON.parse(db.prepare("select entry from custody order by seq desc limit 1").pluck().get() as string) as {
      detail: { digests: Record<string, Record<string, string>> };
    }
  ).detail;
const faultsOf = ({ db }: Case) => compareActs(db, readEventRows(db)).faults;

const log = (rows: number) =>
  [
    "timestamp,app,api,path,status,bytes,duration_ms,actor,request_id,subjects",
    ...Array.from({ length: rows }, (_, n) =>
      [
        new Date(1_500_000_000_000 + n * 1111).toISOString(),
        `a${n % 7}`,
        n > 9000 ? "groups" : "",
        `/x/${n}`,
        n % 3 === 0 ? "" : 200 + (n % 5),
        n % 11 === 0 ? "-0" : n * 1_000_003,
        n % 2 === 0 ? "" : n / 8,
        n % 13 === 0 ? `"Jörg, ${n}"` : "",
        n % 4 === 0 ? "" : n % 4 === 1 ? `req ${n}` : (n * 2_654_435_761).toString(16).padStart(16, "0").slice(-16),
        n % 5 === 0 ? "" : `p${n};p${n + 1}`,
      ].join(","),
    ),
  ].join("\n");

test("a source's digest is of its rows, however they came in: in batches of any size, over many blocks", async () => {
  const text = log(10_000);
  const [whole, small] = [await imported(text), await imported(text, { batch: 4000 })];
  for (const { caseFile } of [whole, small]) expect(faultsOf(caseFile)).toEqual([]);
  const [a, b] = [detailOf(whole.caseFile).digests, detailOf(small.caseFile).digests];
  expect([a.events, a.texts]).toEqual([b.events, b.texts]);
});

test("numbers beyond what a row holds exactly, and of every size, are as they came in", async () => {
  const numbers = [0, 1, 127, 128, 32_767, 65_536, 2 ** 31, 2 ** 47, 2 ** 53 - 1, "99999999999999999999", "1e300", 0.1];
  const { caseFile } = await imported(
    ["timestamp,app,bytes,duration_ms,status", ...numbers.map((n) => `2019-10-01T10:00:00Z,a,${n},${n},${n}`)].join(
      "\n",
    ),
  );
  expect(faultsOf(caseFile)).toEqual([]);
});

test("dictionary entries that an import left behind which came to nothing have a digest with the next", async () => {
  const caseFile = newCase();
  await imported("timestamp,app\n2019-10-01T10:00:00Z,a1\n", { caseFile });
  caseFile.db.prepare("insert into text_app (id, value) values (2, 'left')").run();
  await imported("timestamp,app\n2019-10-02T10:00:00Z,a2\n2019-10-02T10:00:00Z,left\n", { caseFile });
  expect(Object.keys(detailOf(caseFile).digests.texts ?? {}).filter((key) => key.startsWith("app"))).toEqual([
    "app 2-2",
    "app 3-3",
  ]);
  expect(faultsOf(caseFile)).toEqual([]);
  caseFile.db.exec("update text_app set value = 'other' where id = 2");
  expect(faultsOf(caseFile)).toEqual([
    expect.stringMatching(/^of the dictionary of app, entries 2 to 2 is not what act \d+ \(import\) made it$/u),
  ]);
});

test("a tag's digest is SHA-256 over line and offset of each call, as sha256sum counts it", async () => {
  const { caseFile, events } = await imported("timestamp,app\n2019-10-01T10:00:00Z,a1\n2019-10-02T10:00:00Z,a1\n");
  const { addTag } = await import("../../../../main/annotations/tag-and-note.ts");
  addTag(caseFile, { filter: "", ids: Uint32Array.of(1, 2) }, "seen");
  const input = events.map(({ line, offset }) => `${line}:${offset}\n`).join("");
  expect(detailOf(caseFile).digests.tagged).toEqual({
    "1 seen": spawnSync("sha256sum", { input, encoding: "utf8" }).stdout.slice(0, 64),
  });
});
