import fc from "fast-check";
import { expect, test } from "vitest";
import { readMapping } from "../../../main/intake/mapping/parse-mapping.ts";
import { newDraft, type PlaceDraft, placeOf, withOption, withPlace } from "../../../renderer/session/mapping-draft.ts";
import { MAPPED_FIELDS } from "../../../shared/model/event.ts";

const place = fc.oneof(
  fc.record({ from: fc.constantFrom("a", "req.path", "a, b") }),
  fc.record({ from: fc.constant("a"), match: fc.constantFrom("^/(x)", "(y)$") }),
  fc.record({ value: fc.constantFrom("groups", "7") }),
) as fc.Arbitrary<PlaceDraft>;

test("what is set for a field is what is shown for it, and the engine takes it", () => {
  fc.assert(
    fc.property(fc.constantFrom(...MAPPED_FIELDS), place, (field, set) => {
      const draft = withPlace(newDraft("csv"), field, set);
      expect(placeOf(draft, field)).toEqual(set);
      // What called has three words, and no constant but these.
      if (field === "caller" && set.value !== undefined)
        expect(() => readMapping(draft, "draft")).toThrow("none of app, user, service");
      else readMapping(draft, "draft");
    }),
  );
});

test("an emptied place leaves the draft as it was, others untouched", () => {
  const one = withPlace(newDraft("jsonl"), "app", { from: "client.id" });
  expect(withPlace(withPlace(one, "path", { from: "p" }), "path", { from: "" })).toEqual(one);
  expect(withPlace(one, "app", {})).toEqual(newDraft("jsonl"));
});

test("options are text, the lines before a header a number", () => {
  expect(withOption(newDraft("csv"), "skip_rows", "2")).toEqual({ ...newDraft("csv"), skip_rows: 2 });
  expect(withOption(withOption(newDraft("csv"), "delimiter", ";"), "delimiter", "")).toEqual(newDraft("csv"));
});
