import { Refusal } from "../../shared/base/errors.ts";
import { type FindingReview, REMARKS } from "../../shared/model/accountability/review.ts";
import { type Case, demandWritable } from "../case/case.ts";
import { record, timeOfAct } from "../custody/append.ts";

/**
 * A second examiner agrees with a finding or objects to it, under a name that is not the first one's. It lives in custody alone:
 * the decision stays the examiner's own.
 * @param origin where it was taken from, for custody
 * @throws Refusal `reason-missing`, `usage`
 */
export function review(
  caseFile: Case,
  { rule, developer_id, stance, reason, by }: Omit<FindingReview, "at">,
  origin: Readonly<Record<string, unknown>> = {},
): FindingReview {
  demandWritable(caseFile);
  const [said, name] = [reason.trim(), by.trim()];
  if (name === "")
    throw new Refusal("usage", "A review bears the name of who made it", "write the second examiner's name");
  if (sameName(name, caseFile.examiner))
    throw new Refusal(
      "usage",
      `${name} is the examiner of this case, and a second one is somebody else`,
      "write the second examiner's name",
    );
  if (said === "") throw new Refusal("reason-missing", "A review has a reason", "write it");
  return caseFile.db.transaction((): FindingReview => {
    const { at } = timeOfAct(caseFile);
    record(caseFile, "review", { rule, developer: developer_id, stance, reason: said, ...origin }, name);
    return { rule, developer_id, stance, reason: said, at, by: name };
  })();
}

/** `R. Vale <vale@example.org>` and `r. vale` are one person. */
const sameName = (a: string, b: string): boolean => plain(a) === plain(b);
const plain = (name: string): string =>
  name
    .replace(/\s*<[^>]*>\s*$/u, "")
    .trim()
    .toLowerCase();

/** Every review, oldest first. */
export function reviews({ db }: Pick<Case, "db">): FindingReview[] {
  const entries = db
    .prepare("select entry from custody where json_extract(entry, '$.act') = 'review' order by seq")
    .pluck()
    .all() as string[];
  return entries.map((line) => {
    const { at, by, detail } = JSON.parse(line) as { at: string; by: string; detail: Record<string, string> };
    return {
      rule: detail.rule ?? "",
      developer_id: detail.developer ?? "",
      stance: REMARKS.find((each) => each === detail.stance) ?? "objects",
      reason: detail.reason ?? "",
      at,
      by,
    };
  });
}
