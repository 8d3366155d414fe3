import { expect, test } from "vitest";
import { verdictLine } from "../../shared/model/verdict.ts";

test("the last line of a verification", () => {
  const checks = [
    { check: "custody", ok: false },
    { check: "dates", ok: true },
    { check: "sources", ok: false },
    { check: "redaction", ok: null },
  ];
  expect(verdictLine("broken", checks)).toBe("NOT INTACT: custody, sources");
  expect(verdictLine("verified", [])).toBe("VERIFIED: intact, signed by the key given");
  expect(verdictLine("signer-not-checked", [])).toBe("INTACT, SIGNED BY A KEY THAT NOBODY CHECKED");
  expect(verdictLine("unsigned", [])).toBe("INTACT, UNSIGNED");
});
