/**
 * Every way Exhibit can refuse, in one table: code → exit code and meaning.
 * `resources/help/errors.md` is made from it and a test keeps the two equal.
 *
 * A refusal is one sentence for the person in front of it: what happened and where (`what`), what to do (`todo`).
 * It crosses the engine's door as data (code, what, todo), never as a stack.
 */
export const ERRORS = {
  // the command line
  usage: { exit: 2, meaning: "The command line is not one Exhibit knows." },
  cancelled: { exit: 2, meaning: "The work was stopped by hand; what was committed stays." },
  "out-of-memory": {
    exit: 2,
    meaning: "The work needs more memory than the program may take; what was committed stays.",
  },
  internal: { exit: 2, meaning: "A fault in Exhibit itself; nothing was changed." },
  "out-exists": { exit: 2, meaning: "The output file is already there and is not overwritten." },
  "out-unwritable": { exit: 2, meaning: "The output file or folder cannot be written." },
  "not-chosen": {
    exit: 2,
    meaning: "The window named a file or folder that nobody chose for this, or whose case is closed since.",
  },
  // the case folder
  "case-missing": { exit: 2, meaning: "There is no case in that folder." },
  "case-exists": { exit: 2, meaning: "A case, or another file or folder, is already there." },
  "case-damaged": { exit: 2, meaning: "The case's database cannot be read." },
  "case-newer": { exit: 2, meaning: "The case was made by a newer version of Exhibit; it was not touched." },
  "case-read-only": {
    exit: 2,
    meaning: "The case is open read-only: it is open elsewhere, or its medium cannot be written.",
  },
  "disk-full": { exit: 2, meaning: "The disk is full; what was committed stays and the work can resume." },
  "no-room": { exit: 2, meaning: "What was asked for does not fit on the disk; nothing was begun." },
  "examiner-missing": { exit: 2, meaning: "A case needs an examiner who answers for it." },
  // intake
  "file-missing": { exit: 2, meaning: "The file is not there." },
  "file-unreadable": { exit: 2, meaning: "The file is there but cannot be read." },
  "file-is-folder": { exit: 2, meaning: "A folder was given where a file is needed." },
  "file-empty": { exit: 2, meaning: "The file is empty." },
  "file-truncated": { exit: 2, meaning: "A compressed file breaks off before its end." },
  "file-changed": { exit: 2, meaning: "The file changed while, or since, it was read." },
  "archive-limit": { exit: 2, meaning: "An archive unpacks beyond Exhibit's limits; nothing of it was imported." },
  "member-refused": {
    exit: 2,
    meaning:
      "A file in an archive or a folder is not read: a link, a device, a name that leads out, encrypted, damaged.",
  },
  "not-a-log": { exit: 2, meaning: "The file is not a log in any format Exhibit reads." },
  "format-unknown": { exit: 2, meaning: "No such format." },
  "timezone-unknown": { exit: 2, meaning: "No such time zone." },
  "mapping-wrong": { exit: 2, meaning: "The mapping has a mistake." },
  "dates-ambiguous": {
    exit: 2,
    meaning: "Nothing in the file says how its dates are meant: which number is the day, or of which year.",
  },
  "import-unfinished": { exit: 2, meaning: "The same file was begun before; `--resume` finishes it." },
  "source-withdrawn": { exit: 2, meaning: "The source is withdrawn already, or is not and cannot be taken back." },
  "source-missing": { exit: 2, meaning: "The case has no source of that number." },
  // registry, policy, claims
  "registry-wrong": { exit: 2, meaning: "A registry file has a mistake." },
  "policy-wrong": { exit: 2, meaning: "The policy has a mistake." },
  "policy-missing": { exit: 2, meaning: "The question needs a policy and the case has none." },
  "remedy-wrong": { exit: 2, meaning: "A remedy step, or a file of them, has a mistake." },
  "claims-wrong": { exit: 2, meaning: "The claims file has a mistake." },
  "clocks-wrong": { exit: 2, meaning: "The clocks file has a mistake." },
  "clock-unknown": { exit: 2, meaning: "The case has no clock, regime or fact of that name." },
  "rule-unknown": { exit: 2, meaning: "The policy has no such rule." },
  "developer-unknown": { exit: 2, meaning: "No developer of that id or name." },
  // query
  "filter-wrong": { exit: 2, meaning: "The filter has a mistake; the message gives its position." },
  "column-unknown": { exit: 2, meaning: "No such column." },
  "reason-missing": { exit: 2, meaning: "The act needs a reason." },
  "selection-changed": { exit: 2, meaning: "The rows chosen by hand are not the same rows any more." },
  "state-lost": { exit: 2, meaning: "How the case was at an earlier act is not known any more." },
  "nothing-to-undo": { exit: 2, meaning: "There is no act left to undo." },
  // bundle and verification
  "key-wrong": { exit: 2, meaning: "The key cannot be used to sign." },
  "bundle-unsound": {
    exit: 2,
    meaning: "The bundle just made fails its own check: a fault in Exhibit. The file is left for inspection.",
  },
  "bundle-missing": { exit: 2, meaning: "There is nothing there to verify." },
  "review-wrong": {
    exit: 2,
    meaning: "A review has a mistake, is of a bundle that the case never made, or was changed after it was signed.",
  },
} as const satisfies Record<string, { exit: 1 | 2; meaning: string }>;

export type ErrorCode = keyof typeof ERRORS;

/** An error as it crosses the door between engine and window. */
export interface RefusalData {
  readonly code: ErrorCode;
  readonly what: string;
  readonly todo: string;
  /** 1-based character in the text it speaks of (filters). */
  readonly position?: number;
}

/** The only error class users meet. `what`: what happened and where; `todo`: what to do about it. Neither ends in a full stop. */
export class Refusal extends Error implements RefusalData {
  readonly code: ErrorCode;
  readonly what: string;
  readonly todo: string;
  readonly position?: number;

  constructor(code: ErrorCode, what: string, todo: string, more: { position?: number; cause?: unknown } = {}) {
    super(`${what}: ${todo}`, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = "Refusal";
    this.code = code;
    this.what = what;
    this.todo = todo;
    if (more.position !== undefined) this.position = more.position;
  }

  data(): RefusalData {
    const data = { code: this.code, what: this.what, todo: this.todo };
    return this.position === undefined ? data : { ...data, position: this.position };
  }
}

/** The Refusal that crossed as data, as it was thrown. */
export const refusalFrom = ({ code, what, todo, position }: RefusalData): Refusal =>
  new Refusal(code, what, todo, position === undefined ? {} : { position });

/** What was thrown and is no Refusal, as data: a fault of the program keeps its message, never its stack. @param failed who failed, in words */
export const faultData = (error: unknown, failed: string, todo: string): RefusalData => ({
  code: "internal",
  what: `${failed} (${error instanceof Error ? error.message : String(error)})`,
  todo,
});
