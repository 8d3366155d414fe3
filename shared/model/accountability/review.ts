export const STANCES = ["agrees", "objects"] as const;
/** Who was handed a bundle may also remark on a finding without either. */
export const REMARKS = [...STANCES, "comments"] as const;

/** What a second examiner, or a reviewer of a bundle, says of a finding. */
export interface FindingReview {
  readonly rule: string;
  readonly developer_id: string;
  readonly stance: (typeof REMARKS)[number];
  readonly reason: string;
  readonly at: string;
  readonly by: string;
}
