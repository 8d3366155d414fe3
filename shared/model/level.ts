/** What a rule says about a call, lowest first (FORMATS, "Policy"). */
export const LEVELS = ["entitled", "attempted", "possible", "obtained"] as const;

export type Level = (typeof LEVELS)[number];
