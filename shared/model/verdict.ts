/**
 * How a check of `verify` knows what it says: worked out from what lies deeper, compared with something else in the same
 * bundle that says the same, or on trust, since nothing in the bundle proves or contradicts it.
 */
export type HowChecked = "worked-out" | "compared" | "on-trust";

/** What `verify` says of the whole. `verified`: intact, and signed by the key that was given. */
export type VerdictWord = "verified" | "signer-not-checked" | "unsigned" | "broken";

const WORDS: Readonly<Record<Exclude<VerdictWord, "broken">, string>> = {
  verified: "VERIFIED: intact, signed by the key given",
  "signer-not-checked": "INTACT, SIGNED BY A KEY THAT NOBODY CHECKED",
  unsigned: "INTACT, UNSIGNED",
};

/** The last line of a verification: of what is not intact it names the checks that failed. */
export const verdictLine = (
  verdict: VerdictWord,
  checks: readonly { readonly check: string; readonly ok: boolean | null }[],
): string =>
  verdict === "broken"
    ? `NOT INTACT: ${checks
        .filter(({ ok }) => ok === false)
        .map(({ check }) => check)
        .join(", ")}`
    : WORDS[verdict];
