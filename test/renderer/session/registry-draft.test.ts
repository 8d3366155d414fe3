import { expect, test } from "vitest";
import { AS_THEY_SAY, withColumn, withOption } from "../../../renderer/session/registry-draft.ts";

const NAMES = ["App", "Live", "Gone"];

test("a column is mapped, mapped otherwise, and as it is found again", () => {
  const mapped = withColumn(AS_THEY_SAY, NAMES, "Gone", "revoked_at");
  expect(mapped).toEqual({ columns: [{ column: "revoked_at", from: "Gone" }] });
  expect(withColumn(mapped, NAMES, "Gone", "ignore")).toEqual({ columns: [{ column: "ignore", from: "Gone" }] });
  expect(withColumn(mapped, NAMES, "Gone", "")).toEqual(AS_THEY_SAY);
});

test("a table has each column of the registry once; several columns can be left out", () => {
  const both = withColumn(withColumn(AS_THEY_SAY, NAMES, "Live", "revoked_at"), NAMES, "Gone", "revoked_at");
  expect(both.columns).toEqual([{ column: "revoked_at", from: "Gone" }]);
  expect(withColumn(both, ["Ended"], "Ended", "revoked_at").columns).toHaveLength(2);
  const out = withColumn(withColumn(AS_THEY_SAY, NAMES, "Live", "ignore"), NAMES, "Gone", "ignore");
  expect(out.columns).toHaveLength(2);
});

test("an option is set, and as the files say again", () => {
  const set = withOption(withOption(AS_THEY_SAY, "dates", "mdy"), "kind", "grants");
  expect(set).toEqual({ dates: "mdy", kind: "grants" });
  expect(withOption(withOption(set, "dates", ""), "kind", "")).toEqual(AS_THEY_SAY);
});
