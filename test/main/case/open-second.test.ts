import { expect, test } from "vitest";
import { openCase } from "../../../main/case/case.ts";
import { isLocked } from "../../../main/case/lock.ts";
import { openSecond } from "../../../main/case/open-second.ts";
import { record } from "../../../main/custody/append.ts";
import { newCase } from "../../fixture.ts";

test("a second connection writes beside the one that holds the lock, and leaves the lock to it", () => {
  const first = newCase();
  const second = openSecond(first.folder);
  expect(second).toMatchObject({ id: first.id, readOnly: false, readOnlyBecause: "" });
  record(second, "note", { by: "second" });
  record(first, "note", { by: "first" });
  const seen = () => first.db.prepare("select count(*) from custody").pluck().get();
  expect(seen()).toBe(3);
  second.close();
  expect(isLocked(first.folder)).toBe(true);
  record(first, "note", {});
  expect(seen()).toBe(4);
  first.close();
  const again = openCase(first.folder, "write");
  expect(again.readOnly).toBe(false);
  again.close();
});
