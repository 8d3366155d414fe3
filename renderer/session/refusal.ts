import { ERRORS, faultData, type RefusalData } from "../../shared/base/errors.ts";

/** Whatever was thrown, as what users are told. A fault of ours keeps its message, for [Copy details]. */
export function refusalOf(error: unknown): RefusalData {
  if (isRefusal(error)) {
    const { code, what, todo, position } = error;
    return position === undefined ? { code, what, todo } : { code, what, todo, position };
  }
  return faultData(error, "Exhibit met a fault of its own", "try again, and copy the details for whoever maintains it");
}

function isRefusal(error: unknown): error is RefusalData {
  if (typeof error !== "object" || error === null) return false;
  const { code, what, todo } = error as Record<string, unknown>;
  return (
    typeof code === "string" && Object.hasOwn(ERRORS, code) && typeof what === "string" && typeof todo === "string"
  );
}
