import { expect, test } from "vitest";
import {
  begin,
  changeChoice,
  choose,
  detectedAs,
  drop,
  enqueue,
  fail,
  finish,
  type ImportQueue,
  nextWaiting,
  resume,
  retry,
  unqueue,
} from "../../../renderer/session/import-queue.ts";
import type { Chosen } from "../../../shared/contract/chosen.ts";
import type { InspectedFile } from "../../../shared/contract/desktop.ts";
import type { SourceReport } from "../../../shared/model/source.ts";

const found: InspectedFile = { path: "", looks: [], left_out: [] };
const refused = { refused: { code: "not-a-log", what: "photo.png is not a log", todo: "give a log" } } as const;
const of = (queue: ImportQueue, path: string) => queue.find((item) => item.path === path);

test("only what can be imported waits, and one at a time runs", () => {
  let queue = choose([], ["a", "photo.png", "b", "a"] as Chosen[]);
  queue = detectedAs(detectedAs(detectedAs(queue, "a", found), "photo.png", refused), "b", found);
  queue = enqueue(queue);
  expect(queue.map((item) => item.status)).toEqual(["waiting", "chosen", "waiting"]);
  expect(nextWaiting(queue)?.path).toBe("a");
  queue = begin(queue, "a");
  expect(nextWaiting(queue)).toBeUndefined();
  queue = finish(queue, "a", [{} as SourceReport]);
  expect(nextWaiting(queue)?.path).toBe("b");
});

test("a stopped import is paused and resumes; a failed one starts over", () => {
  const running = begin(enqueue(detectedAs(choose([], ["a"] as Chosen[]), "a", found)), "a");
  const paused = fail(running, "a", { code: "cancelled", what: "stopped", todo: "resume" });
  expect(of(paused, "a")).toMatchObject({ status: "paused", isResumed: true });
  expect(of(resume(paused, "a"), "a")).toMatchObject({ status: "waiting", isResumed: true });
  const failed = fail(running, "a", { code: "file-unreadable", what: "gone", todo: "copy it again" });
  expect(of(failed, "a")?.error?.code).toBe("file-unreadable");
  expect(of(retry(failed, "a"), "a")).toEqual({ path: "a", status: "waiting", choice: {}, found });
});

test("another format takes the refusal of the first away", () => {
  const queue = changeChoice(detectedAs(choose([], ["x"] as Chosen[]), "x", refused), "x", { format: "csv" });
  expect(of(queue, "x")).toEqual({ path: "x", status: "chosen", choice: { format: "csv" } });
});

test("what runs is not dropped, what waits can be taken back", () => {
  const queue = begin(enqueue(detectedAs(detectedAs(choose([], ["a", "b"] as Chosen[]), "a", found), "b", found)), "a");
  expect(drop(queue, "a")).toHaveLength(2);
  expect(of(unqueue(queue), "b")?.status).toBe("chosen");
  expect(choose(queue, ["a"] as Chosen[]).filter((item) => item.path === "a")).toHaveLength(1);
});
