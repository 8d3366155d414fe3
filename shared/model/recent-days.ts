/** Days before `as_of` that count as recent where the policy does not say. */
export const RECENT_DAYS = 60;

/** The same in a case without a policy. Apart from the schema, so that the page need not carry it. */
export const recentDaysOf = (policy: { readonly recent_days: number } | undefined): number =>
  policy?.recent_days ?? RECENT_DAYS;
