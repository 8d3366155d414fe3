/**
 * Every command, once: native menu, palette, `?` and the keys themselves are made from this table. Keys are written as
 * people read them; `Mod` is Ctrl, on macOS Cmd. Keys without Mod, Alt or F act outside text fields and can be turned off.
 */
export const MENUS = ["File", "Edit", "View", "Go", "Case", "Window", "Help"] as const;
export type MenuName = (typeof MENUS)[number];

export interface Command {
  readonly title: string;
  readonly keys?: readonly string[];
  /** Instead of `keys` on macOS. */
  readonly mac?: readonly string[];
  readonly menu: MenuName;
  /** A line stands above the command in its menu. */
  readonly line?: true;
  /** What the system does by itself when it is asked in its own words. */
  readonly role?: "cut" | "copy" | "paste" | "minimize" | "togglefullscreen" | "quit" | "close";
  /** The main process answers; the page never sees it. */
  readonly isNative?: true;
  /** Opens a dialog whose field has the focus: letters typed meanwhile are that field's. */
  readonly asks?: true;
}

export const COMMANDS = {
  "case.new": { title: "New case", keys: ["Mod+N"], menu: "File" },
  "case.open": { title: "Open case", keys: ["Mod+O"], menu: "File" },
  "case.close": { title: "Close case", menu: "File" },
  "case.sample": { title: "Try the sample", menu: "File" },
  "logs.import": { title: "Import logs", keys: ["Mod+I"], menu: "File", line: true },
  "view.export": { title: "Export this view", keys: ["Mod+E"], menu: "File" },
  "filter.save": { title: "Save this filter", keys: ["Mod+S"], menu: "File", asks: true },
  print: { title: "Print", keys: ["Mod+P"], menu: "File" },
  "bundle.create": { title: "Create bundle", keys: ["Mod+Shift+E"], menu: "File", line: true },
  "bundle.verify": { title: "Verify a bundle", menu: "File" },
  "review.take": { title: "Take in a review", menu: "File" },
  settings: { title: "Settings", keys: ["Mod+,"], menu: "File", line: true },
  quit: { title: "Quit", menu: "File", line: true, role: "quit", keys: ["Mod+Q"], isNative: true },

  undo: { title: "Undo", keys: ["Mod+Z"], menu: "Edit" },
  redo: { title: "Redo", keys: ["Mod+Shift+Z", "Ctrl+Y"], mac: ["Mod+Shift+Z"], menu: "Edit" },
  cut: { title: "Cut", keys: ["Mod+X"], menu: "Edit", line: true, role: "cut", isNative: true },
  copy: { title: "Copy", keys: ["Mod+C"], menu: "Edit" },
  "copy.filter": { title: "Copy the filter", menu: "Edit" },
  "copy.command": { title: "Copy as a command", menu: "Edit" },
  paste: { title: "Paste", keys: ["Mod+V"], menu: "Edit", role: "paste", isNative: true },
  "select.all": { title: "Select everything the filter matches", keys: ["Mod+A"], menu: "Edit", line: true },
  "select.row": { title: "Select this row", keys: ["Space"], menu: "Edit" },
  "select.extend": { title: "Extend the selection to here", keys: ["Shift+Space"], menu: "Edit" },
  filter: { title: "Filter", keys: ["/", "Mod+F"], menu: "Edit", line: true },
  "filter.clear": { title: "Clear the filter", menu: "Edit" },

  palette: { title: "All commands", keys: ["Mod+K"], menu: "View", asks: true },
  facets: { title: "Facets", keys: ["Mod+B"], menu: "View", line: true },
  detail: { title: "Detail", keys: ["Mod+J"], menu: "View" },
  compare: { title: "Compare", keys: ["v"], menu: "View" },
  "histogram.log": { title: "Histogram: logarithmic", keys: ["l"], menu: "View", line: true },
  "histogram.in": { title: "Histogram: closer", keys: ["+"], menu: "View" },
  "histogram.out": { title: "Histogram: further out", keys: ["-"], menu: "View" },
  "histogram.reset": { title: "Histogram: all of the time", keys: ["0"], menu: "View" },
  "theme.system": { title: "Theme as the system", menu: "View", line: true },
  "theme.light": { title: "Light theme", menu: "View" },
  "theme.dark": { title: "Dark theme", menu: "View" },
  fullscreen: {
    title: "Full screen",
    keys: ["F11"],
    mac: ["Ctrl+Mod+F"],
    menu: "View",
    line: true,
    role: "togglefullscreen",
    isNative: true,
  },

  back: { title: "Back", keys: ["Alt+Left"], mac: ["Mod+["], menu: "Go" },
  forward: { title: "Forward", keys: ["Alt+Right"], mac: ["Mod+]"], menu: "Go" },
  "go.sources": { title: "Sources", keys: ["Mod+1", "g s"], menu: "Go", line: true },
  "go.explore": { title: "Explore", keys: ["Mod+2", "g e"], menu: "Go" },
  "go.answer": { title: "Answer", keys: ["Mod+3", "g a"], menu: "Go" },
  "go.developers": { title: "Developers", keys: ["Mod+4", "g d"], menu: "Go" },
  "go.claims": { title: "Claims", keys: ["Mod+5", "g c"], menu: "Go" },
  "go.remedy": { title: "Remedy", keys: ["Mod+6", "g r"], menu: "Go" },
  "go.coverage": { title: "Coverage", keys: ["Mod+7", "g v"], menu: "Go" },
  "go.bundle": { title: "Bundle", keys: ["Mod+8", "g b"], menu: "Go" },
  "go.custody": { title: "Custody", keys: ["Mod+9", "g l"], menu: "Go" },
  "go.policy": { title: "Policy", keys: ["g p"], menu: "Go", line: true },
  "go.registry": { title: "Registry", keys: ["g y"], menu: "Go" },
  "go.clocks": { title: "Clocks", keys: ["g k"], menu: "Go" },
  "go.changes": { title: "What changed", menu: "Go" },
  "row.first": { title: "First row", keys: ["Mod+Home", "g g"], mac: ["Mod+Up", "g g"], menu: "Go", line: true },
  "row.last": { title: "Last row", keys: ["Mod+End", "Shift+G"], mac: ["Mod+Down", "Shift+G"], menu: "Go" },
  "row.goto": { title: "Go to a row or a time", keys: [":"], menu: "Go", asks: true },
  "tagged.next": { title: "Next tagged call", keys: ["m"], menu: "Go" },
  "tagged.previous": { title: "Previous tagged call", keys: ["Shift+M"], menu: "Go" },
  "region.next": { title: "Next region", keys: ["F6"], menu: "Go", line: true },
  "region.previous": { title: "Previous region", keys: ["Shift+F6"], menu: "Go" },

  "source.received": { title: "Say how the files came", menu: "Case", asks: true },
  "registry.import": { title: "Import a registry", menu: "Case" },
  "policy.import": { title: "Import a policy", menu: "Case" },
  "policy.filter": { title: "Make a rule of this filter", menu: "Case" },
  "claims.import": { title: "Import claims", menu: "Case" },
  "custody.verify": { title: "Verify custody", menu: "Case" },
  "custody.checkpoint": { title: "Write a checkpoint", menu: "Case" },
  "row.detail": { title: "Detail of this row", keys: ["Enter"], menu: "Case", line: true },
  "row.menu": { title: "Menu of this row", keys: [".", "Shift+F10"], menu: "Case" },
  "cell.include": { title: "Include this value", keys: ["="], menu: "Case", line: true },
  "cell.exclude": { title: "Exclude this value", keys: ["-"], menu: "Case" },
  "cell.only": { title: "Only this value", keys: ["o"], menu: "Case" },
  "same.developer": { title: "Same developer", keys: ["s d"], menu: "Case" },
  "same.app": { title: "Same app", keys: ["s p"], menu: "Case" },
  "same.actor": { title: "Same actor", keys: ["s a"], menu: "Case" },
  "same.ip": { title: "Same IP address", keys: ["s i"], menu: "Case" },
  "same.request": { title: "Same request", keys: ["s r"], menu: "Case" },
  "tag.1": { title: "Tag 1", keys: ["1"], menu: "Case", line: true },
  "tag.2": { title: "Tag 2", keys: ["2"], menu: "Case" },
  "tag.3": { title: "Tag 3", keys: ["3"], menu: "Case" },
  "tag.4": { title: "Tag 4", keys: ["4"], menu: "Case" },
  "tag.5": { title: "Tag 5", keys: ["5"], menu: "Case" },
  "tag.6": { title: "Tag 6", keys: ["6"], menu: "Case" },
  "tag.7": { title: "Tag 7", keys: ["7"], menu: "Case" },
  "tag.8": { title: "Tag 8", keys: ["8"], menu: "Case" },
  "tag.9": { title: "Tag 9", keys: ["9"], menu: "Case" },
  "tag.other": { title: "Another tag", keys: ["t"], menu: "Case", asks: true },
  note: { title: "Note", keys: ["n"], menu: "Case", asks: true },
  "finding.confirm": { title: "Confirm the finding", keys: ["c"], menu: "Case", line: true, asks: true },
  "finding.dismiss": { title: "Dismiss the finding", keys: ["d"], menu: "Case", asks: true },
  "finding.dispute": { title: "Dispute the finding", keys: ["x"], menu: "Case", asks: true },
  "finding.reopen": { title: "Reopen the finding", keys: ["u"], menu: "Case", asks: true },
  "remedy.record": { title: "Record a remedy step", keys: ["r"], menu: "Case", line: true, asks: true },
  "remedy.back": { title: "Take a remedy step back", keys: ["Shift+R"], menu: "Case", asks: true },
  "developer.page": { title: "The page of this developer", keys: ["p"], menu: "Go" },

  "window.new": { title: "New window", keys: ["Mod+Shift+N"], menu: "Window", isNative: true },
  "window.minimize": { title: "Minimize", keys: ["Mod+M"], menu: "Window", role: "minimize", isNative: true },
  "window.close": { title: "Close window", keys: ["Mod+W"], menu: "Window", role: "close", isNative: true },

  help: { title: "Help", keys: ["F1"], menu: "Help" },
  keys: { title: "Keys", keys: ["?"], menu: "Help" },
  "help.filter": { title: "The filter language", menu: "Help", line: true },
  "help.levels": { title: "Kept access, tried, may have got, got", menu: "Help" },
  "help.bundle": { title: "What a bundle proves", menu: "Help" },
  about: { title: "About Exhibit", menu: "Help", line: true },
} as const satisfies Record<string, Command>;

export type CommandId = keyof typeof COMMANDS;

export const COMMAND_IDS = Object.keys(COMMANDS) as CommandId[];

export const commandOf = (id: CommandId): Command => COMMANDS[id];

/** The keys of a command on this system. */
export function keysOf(id: CommandId, isMac: boolean): readonly string[] {
  const { keys = [], mac }: Command = COMMANDS[id];
  return isMac ? (mac ?? keys) : keys;
}

/** Whether keys are a command only outside text fields, and only as long as single keys are turned on. */
export const isSingleKey = (keys: string): boolean => !/(?:Mod|Ctrl|Alt)\+|\bF\d+$/u.test(keys);
