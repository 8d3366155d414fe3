import { Refusal } from "../../../shared/base/errors.ts";
import { quote } from "../../../shared/filter/print.ts";
import type { ReviewReport } from "../../../shared/model/accountability/review-file.ts";
import { addNote, addTag, type ChosenEvents } from "../../annotations/tag-and-note.ts";
import { demandWritable } from "../../case/case.ts";
import { record } from "../../custody/append.ts";
import { decide } from "../../findings/dispositions.ts";
import type { Inquiry } from "../../findings/inquiry.ts";
import { review as remark } from "../../findings/reviews.ts";
import { type ComparedAct, compareReview, reviewReport, STANCE_OF } from "./compare-review.ts";
import type { Review } from "./review.ts";

export interface TakeOptions {
  /** Numbers of the acts that are meant; without it all that are new here. */
  readonly only?: readonly number[];
  /** What was compared: refused where it is not the same any more. */
  readonly seen?: string;
  readonly reason?: string;
  /** Who takes it in. */
  readonly by?: string;
  /** These calls with a filter that matches exactly them, as custody keeps it; `otherwise`: where they are too many to be named. */
  chosen(ids: Uint32Array, otherwise: string): ChosenEvents;
}

/**
 * Takes acts of a review into the case, each under its author's name and with its own entry of custody, all or none. An act
 * before them says whose review it was, of which bundle, and by which key.
 * @throws Refusal `review-wrong`, `selection-changed`, `case-read-only`, and as those acts by themselves
 */
export function takeReview(inquiry: Inquiry, review: Review, options: TakeOptions): ReviewReport & { taken: number } {
  const { caseFile } = inquiry.dataset;
  demandWritable(caseFile);
  const compared = compareReview(inquiry, review);
  const report = reviewReport(review, compared);
  if (options.seen !== undefined && options.seen !== report.seen)
    throw new Refusal(
      "selection-changed",
      "The case or the review changed since they were compared",
      "look at the difference again; nothing was taken in",
    );
  const wanted = wantedActs(compared, options.only);
  if (wanted.length === 0) return { ...report, taken: 0 };
  caseFile.db.transaction(() => {
    const { kind, file, sha256, bundle, tagmanifest, author, at, signedBy } = review;
    const reason = options.reason?.trim();
    record(
      caseFile,
      "review taken",
      {
        ...{ kind, file, sha256, bundle, tagmanifest_sha256: tagmanifest, author, at },
        ...(signedBy !== undefined && { key: signedBy }),
        ...(reason && { why: reason }),
        taken: wanted.map(({ row }) => row.n),
        of: compared.length,
      },
      options.by,
    );
    for (const each of wanted) take(inquiry, each, { review: { sha256, n: each.row.n } }, options);
  })();
  return { ...report, taken: wanted.length };
}

function wantedActs(compared: readonly ComparedAct[], only: readonly number[] | undefined): ComparedAct[] {
  if (only === undefined) return compared.filter(({ row }) => row.state === "new");
  return [...new Set(only)].map((n) => {
    const act = compared[n - 1];
    if (act === undefined)
      throw new Refusal(
        "review-wrong",
        `The review has no act ${n}, only ${compared.length}`,
        "choose one from the list; nothing was taken in",
      );
    if (act.row.state === "lost" || act.row.state === "here")
      throw new Refusal(
        "review-wrong",
        `Act ${n} of the review ${act.row.state === "here" ? "is in the case already" : `is about ${act.row.here}`}`,
        "leave it out; nothing was taken in",
      );
    return act;
  });
}

function take(
  { dataset: { caseFile } }: Inquiry,
  { said, ids }: ComparedAct,
  origin: Readonly<Record<string, unknown>>,
  { chosen }: TakeOptions,
): void {
  const named = (field: "tag" | "note") => chosen(ids, `${field}:${quote(said.text)}`);
  if (said.act === "tag") addTag(caseFile, named("tag"), said.text, { by: said.by, origin });
  else if (said.finding === undefined) addNote(caseFile, named("note"), said.text, said.by, origin);
  else if (said.act === "decide")
    decide(caseFile, { ...said.finding, disposition: said.disposition, reason: said.text }, said.by, origin);
  else remark(caseFile, { ...said.finding, stance: STANCE_OF[said.act], reason: said.text, by: said.by }, origin);
}
