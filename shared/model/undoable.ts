/** An act that Undo takes back or Redo does again. */
export interface UndoableAct {
  readonly act: number;
  /** `tag Reviewed on`, before its number of calls. */
  readonly what: string;
  readonly filter: string;
  readonly events: number;
}

/** What Undo and Redo would do now; absent: nothing. */
export interface Undoable {
  readonly undo?: UndoableAct;
  readonly redo?: UndoableAct;
  /** The last act that is neither a tag nor a note: what lies before it stays. */
  readonly after?: { readonly act: string; readonly detail: Readonly<Record<string, unknown>> };
}
