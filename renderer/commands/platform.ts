/** Whether Mod is Cmd. */
export const isMac = window.exhibit.platform === "darwin";
