import { figure } from "../../../shared/base/figure.ts";
import type { AnswerDetail } from "../../../shared/model/answer.ts";
import type { DeveloperFinding } from "../../../shared/model/finding.ts";
import { counted } from "../../text/format.ts";

const DAY_MS = 86_400_000;

/** How many days of logs stand behind "quiet since revoked", from the shortest to the longest; undefined where nobody is quiet. */
export function logsSince(
  quiet: readonly DeveloperFinding[],
  { logged_until, gaps }: Pick<AnswerDetail, "logged_until" | "gaps">,
): string | undefined {
  const revoked = quiet.flatMap((row) => (row.revoked_at === undefined ? [] : [Date.parse(row.revoked_at)]));
  if (revoked.length === 0 || logged_until === undefined) return undefined;
  const end = Date.parse(logged_until);
  const days = revoked.map((time) => Math.floor((end - time) / DAY_MS));
  const least = Math.max(0, Math.min(...days));
  const most = Math.max(0, ...days);
  const after = gaps.filter((gap) => Date.parse(gap.to) > Math.min(...revoked)).length;
  const span = least === most ? counted(least, "day") : `${figure(least)} to ${counted(most, "day")}`;
  return `${span} of logs since${after > 0 ? `, ${counted(after, "gap")}` : ""}`;
}
