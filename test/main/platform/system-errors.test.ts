import { expect, test } from "vitest";
import { refusalOf } from "../../../main/platform/system-errors.ts";

test("no room in memory is a sentence, whoever found it: a thread that was ended, a buffer, a list, a text, SQLite", () => {
  const thrown = (work: () => unknown): unknown => {
    try {
      return work();
    } catch (error) {
      return error;
    }
  };
  const found = [
    Object.assign(new Error("Worker terminated"), { code: "ERR_WORKER_OUT_OF_MEMORY" }),
    Object.assign(new Error("out of memory"), { code: "SQLITE_NOMEM" }),
    thrown(() => new ArrayBuffer(Number.MAX_SAFE_INTEGER)),
    thrown(() => Buffer.alloc(2 ** 52)),
    thrown(() => new Array(-1)),
    thrown(() => "x".repeat(2 ** 30)),
  ].map((error) => refusalOf(error, "the case").code);
  expect(new Set(found)).toEqual(new Set(["out-of-memory"]));
});
