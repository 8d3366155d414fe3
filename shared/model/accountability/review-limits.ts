/** How much a review may say: one that says more is refused whole. */
export const MAX_REVIEW_ACTS = 2_000;
export const MAX_REVIEW_CALLS = 100_000;
/** Characters. */
export const MAX_REVIEW_TEXT = 10_000;
export const MAX_REVIEW_TAG = 100;
