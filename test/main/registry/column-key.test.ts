import { expect, test } from "vitest";
import { columnKey, squashed } from "../../../main/registry/columns/column-key.ts";

test("a header's columns are one in any case, with any of space, dash, underscore and humps, with and without accents", () => {
  for (const name of ["Developer ID", " developer-id ", "DEVELOPER__ID", "developerId", "DeveloperID"])
    expect(columnKey(name)).toBe("developer_id");
  expect(columnKey("Révoqué le")).toBe("revoque_le");
  expect(columnKey("Größe")).toBe("grosse");
  expect(squashed("GRANTEDAT")).toBe(squashed("granted_at"));
});
