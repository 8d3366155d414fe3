import { expect, test } from "vitest";
import { Dataset } from "../../../../main/query/dataset.ts";
import { select } from "../../../../main/query/results/selection.ts";
import { datasets, noon } from "../dataset-of.ts";

const datasetOf = datasets();

/** As intake stores them: 16 small hex digits as a number, negative where the first is 8 or more; anything else as text. */
function withIds(...ids: (string | bigint | null)[]) {
  const dataset = datasetOf(ids.map((_, index) => ({ time: noon(1, index) })));
  const put = dataset.caseFile.db.prepare("update event_row set request_id = ? where id = ?");
  for (const [index, id] of ids.entries()) put.run(id, index + 1);
  return dataset;
}
const found = (dataset: ReturnType<typeof withIds>, filter: string) => [...select(dataset, filter).positions];

test("an id of 16 hex digits is found as it is written, in any case, also one whose number is negative", () => {
  const dataset = withIds(0x0123456789abcdefn, BigInt.asIntN(64, 0xfedcba9876543210n), "0123456789abcdeg", null);
  expect(found(dataset, "request_id:0123456789abcdef")).toEqual([0]);
  expect(found(dataset, "request_id:0123456789ABCDEF")).toEqual([0]);
  expect(found(dataset, "request_id:fedcba9876543210")).toEqual([1]);
  expect(found(dataset, "request_id:0123456789abcdeg")).toEqual([2]);
  expect(found(dataset, "request_id:123456789abcdef")).toEqual([]);
});

test("16 digits that were stored as text are the same id", () => {
  expect(found(withIds("0123456789ABCDEF", 0x0123456789abcdefn), "request_id:0123456789abcdef")).toEqual([0, 1]);
});

test("a star stands for any part, leading zeros of a number included", () => {
  const dataset = withIds(0x00000000000000ffn, "req-1", "req-2", null);
  expect(found(dataset, "request_id:00*ff")).toEqual([0]);
  expect(found(dataset, "request_id:REQ-*")).toEqual([1, 2]);
  expect(found(dataset, "request_id:*")).toEqual([0, 1, 2]);
  expect(found(dataset, "-request_id:*")).toEqual([3]);
});

test("ids of a withdrawn source are not found", () => {
  const { caseFile } = withIds("req-1");
  caseFile.db.exec("update source set withdrawn = 'taken twice'");
  expect(found(new Dataset(caseFile), "request_id:*")).toEqual([]);
});
