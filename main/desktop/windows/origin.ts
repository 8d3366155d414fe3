/** The page's own scheme: `app://exhibit/WINDOW/…` are the built files, `app://exhibit/WINDOW/ask/NAME` large replies. */
export const ORIGIN = "app://exhibit";
