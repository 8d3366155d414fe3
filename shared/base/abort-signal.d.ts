/** The page and Node each bring their own. What both sides share only hands it on, and needs to know no more than its name. */
declare global {
  interface AbortSignal {}
}

export {};
