/** What the five answers need beside the findings, of one rule. */
export interface AnswerDetail {
  rule: string;
  cutoff: string;
  /** Absent where neither the policy nor a call gives one. */
  as_of?: string;
  recent_from?: string;
  /** Grants of the rule's permission in the registry, whenever held. */
  granted: number;
  /** Complete sources in the count. */
  sources: number;
  /** Each developer once a month, by the most it did in it; `kept`: held the permission and nothing more. */
  months: { month: string; kept: number; tried: number; may: number; got: number }[];
  /** Calls that got or may have got data while their app held no grant any more. */
  after_revocation: { filter: string; events: number };
  /** The last call to the rule's APIs before `as_of`, and the gaps of those APIs between cutoff and `as_of`. */
  logged_until?: string;
  gaps: { api: string; from: string; to: string }[];
  /** Silences there of which it cannot be told whether calls are missing. */
  untold: number;
  /**
   * Calls that got data, by what they say of people: ids; only how many; neither. `contrary`: those of `counted` that hold an
   * empty list beside their number (docs/decisions/04-nobody-returned.md); no filter tells them from calls that list ids.
   */
  listing: { listed: number; counted: number; silent: number; contrary: number };
  /** Whose calls do not all list ids, the most such calls first. */
  unlisted: { developer_id: string; developer: string; counted: number; silent: number; contrary: number }[];
}
