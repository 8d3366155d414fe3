import { figure } from "../../../shared/base/figure.ts";
import { fold } from "../../../shared/filter/match.ts";
import type { FindingReview } from "../../../shared/model/accountability/review.ts";
import type {
  ReviewedCall,
  ReviewedFinding,
  ReviewReport,
  ReviewRow,
} from "../../../shared/model/accountability/review-file.ts";
import { labelsOf } from "../../annotations/labels.ts";
import { type Decision, decisions } from "../../findings/dispositions.ts";
import type { Inquiry } from "../../findings/inquiry.ts";
import { reviews } from "../../findings/reviews.ts";
import { sha256Of } from "../../platform/sha256.ts";
import { callFinder } from "./find-calls.ts";
import type { Review, ReviewAct } from "./review.ts";

/** An act beside what the case has of it, and the calls that it would change, by their ids in the case. */
export interface ComparedAct {
  readonly row: ReviewRow;
  readonly said: ReviewAct;
  /** Ascending. */
  readonly ids: Uint32Array;
}

export const STANCE_OF = { confirm: "agrees", dispute: "objects", comment: "comments" } as const;

/** Each act of a review beside what the case has: taken in already, new, against what stands here, or about nothing here. */
export function compareReview(inquiry: Inquiry, review: Review): ComparedAct[] {
  const { caseFile } = inquiry.dataset;
  const findings = new Map(
    inquiry
      .findings()
      .rules.flatMap(({ rule, developers }) =>
        developers.map((row) => [JSON.stringify([rule, row.developer_id]), row.developer] as const),
      ),
  );
  const decided = new Map(decisions(caseFile).map((each) => [JSON.stringify([each.rule, each.developer_id]), each]));
  const remarks = Map.groupBy(reviews(caseFile), ({ rule, developer_id: id }) => JSON.stringify([rule, id]));
  const find = callFinder(caseFile);
  const labels = labelsOf(caseFile.db);
  return review.acts.map((said, index): ComparedAct => {
    const about = { n: index + 1, act: said.act, says: said.text, by: said.by };
    if (said.finding !== undefined) {
      const key = JSON.stringify([said.finding.rule, said.finding.developer_id]);
      const name = findings.get(key);
      const row = { ...about, about: findingWords(said.finding, name) };
      const nothing = { state: "lost", here: "no finding of the case" } as const;
      const there = name === undefined ? nothing : findingState(said, decided.get(key), remarks.get(key) ?? []);
      return { said, row: { ...row, ...there }, ids: new Uint32Array() };
    }
    const ids = callsHere(review, said.calls, find);
    const has = (id: number) =>
      said.act === "tag"
        ? labels.tags(id).some((tag) => fold(tag) === fold(said.text))
        : labels.notes(id).includes(said.text);
    const lacking = ids.filter((id) => !has(id));
    const row = { ...about, about: callWords(said.calls) };
    return { said, row: { ...row, ...callState(said, ids, lacking.length, labels) }, ids: Uint32Array.from(lacking) };
  });
}

/** What is shown and printed of it. */
export function reviewReport(review: Review, compared: readonly ComparedAct[]): ReviewReport {
  const acts = compared.map(({ row }) => row);
  return {
    bundle: review.bundle,
    tagmanifest_sha256: review.tagmanifest,
    author: review.author,
    at: review.at,
    ...(review.signedBy !== undefined && { signed_by: review.signedBy }),
    acts,
    seen: sha256Of(JSON.stringify([review.sha256, acts])),
  };
}

const findingWords = ({ rule, developer_id: id }: ReviewedFinding, name: string | undefined): string =>
  `${name === undefined || name === id ? id : `${name} (${id})`}, ${rule}`;

function callWords(calls: readonly ReviewedCall[]): string {
  const [first] = calls;
  if (calls.length !== 1 || first === undefined) return `${figure(calls.length)} calls`;
  const place = `source ${first.source}, line ${figure(first.line)}`;
  return first.event === undefined ? `the call of ${place}` : `call ${figure(first.event)} (${place})`;
}

/** Each once, ascending; those that the case has. */
function callsHere(review: Review, calls: readonly ReviewedCall[], find: ReturnType<typeof callFinder>): number[] {
  const ids = calls.flatMap((call) => {
    const source = review.sourceHere(call.source);
    return (source === undefined ? undefined : find(source, call)) ?? [];
  });
  return [...new Set(ids)].sort((a, b) => a - b);
}

type Standing = Pick<ReviewRow, "state" | "here">;

function findingState(
  said: Extract<ReviewAct, { finding: ReviewedFinding }>,
  decision: Decision | undefined,
  remarks: readonly FindingReview[],
): Standing {
  const now = decision?.disposition ?? "open";
  const here = decision === undefined ? "open" : `${now} ${decision.at.slice(0, 10)}, ${decision.by}`;
  if (said.act === "decide") {
    if (now === said.disposition) return { state: "here", here };
    return { state: now === "open" ? "new" : "differs", here };
  }
  const stance = STANCE_OF[said.act];
  if (remarks.some((each) => each.stance === stance && each.reason === said.text && each.by === said.by))
    return { state: "here", here: "taken in already" };
  const isAgainst =
    (said.act === "confirm" && (now === "dismissed" || now === "disputed")) ||
    (said.act === "dispute" && now === "confirmed");
  return { state: isAgainst ? "differs" : "new", here };
}

function callState(
  said: Extract<ReviewAct, { finding?: undefined }>,
  ids: readonly number[],
  lacking: number,
  labels: ReturnType<typeof labelsOf>,
): Standing {
  const missing = said.calls.length - ids.length;
  if (ids.length === 0) return { state: "lost", here: "no call of the case" };
  const gone = missing > 0 ? `; ${figure(missing)} are no calls of the case` : "";
  if (lacking === 0) return { state: "here", here: `${said.act === "tag" ? "tagged" : "noted"} already${gone}` };
  if (said.act === "tag") {
    const has = ids.length - lacking;
    return {
      state: "new",
      here: `${has === 0 ? "not tagged" : `${figure(has)} of ${figure(ids.length)} tagged`}${gone}`,
    };
  }
  const notes = ids.length === 1 ? labels.notes(ids[0] as number).length : undefined;
  const noted = notes === undefined ? `${figure(lacking)} without it` : notes === 1 ? "1 note" : `${notes} notes`;
  return { state: "new", here: `${noted}${gone}` };
}
