export const STANCES = ["agrees", "objects"] as const;

/** What a second examiner says of a finding. */
export interface FindingReview {
  readonly rule: string;
  readonly developer_id: string;
  readonly stance: (typeof STANCES)[number];
  readonly reason: string;
  readonly at: string;
  readonly by: string;
}
