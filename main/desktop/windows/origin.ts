/**
 * The page's own scheme: `app://exhibit/KEY/…` are the built files, `app://exhibit/KEY/ask/NAME` large replies. KEY is the window's own and
 * cannot be guessed.
 */
export const ORIGIN = "app://exhibit";
