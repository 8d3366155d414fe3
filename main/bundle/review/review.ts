import type { ReviewedCall, ReviewedFinding } from "../../../shared/model/accountability/review-file.ts";
import type { Disposition } from "../../../shared/model/finding.ts";

/** One thing that a review says. `by`: who said it. */
export type ReviewAct = { readonly by: string } & (
  | {
      readonly act: "confirm" | "dispute" | "comment";
      readonly finding: ReviewedFinding;
      readonly calls?: undefined;
      readonly text: string;
    }
  | {
      readonly act: "decide";
      readonly finding: ReviewedFinding;
      readonly calls?: undefined;
      readonly disposition: Disposition;
      readonly text: string;
    }
  | {
      readonly act: "comment" | "tag";
      readonly finding?: undefined;
      readonly calls: readonly ReviewedCall[];
      readonly text: string;
    }
);

/** What was handed to us: a review file, or a bundle of another case with its findings, tags and notes. */
export interface Review {
  readonly kind: "review" | "bundle";
  /** The name of what was handed over, and its digest: of a bundle that of its tag manifest. */
  readonly file: string;
  readonly sha256: string;
  readonly bundle: string;
  readonly tagmanifest: string;
  readonly author: string;
  readonly at: string;
  /** The fingerprint of the key that signed it. */
  readonly signedBy: string | undefined;
  readonly acts: readonly ReviewAct[];
  /** A source's number in the bundle → that of the same log in the case; undefined: the case has none. */
  sourceHere(source: number): number | undefined;
}
