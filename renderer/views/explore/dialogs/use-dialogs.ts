import { useCallback, useState } from "react";

type Name = "tag" | "note" | "goto" | "save" | "export";

/** Which dialog is open, and how each is opened. */
export interface DialogActs {
  /** Absent: none. */
  readonly open: Name | undefined;
  close(): void;
  openTag(): void;
  openNote(): void;
  openGoTo(): void;
  openSave(): void;
  openExport(): void;
}

export function useDialogs(): DialogActs {
  const [open, setOpen] = useState<Name>();
  return {
    open,
    close: () => setOpen(undefined),
    openTag: useCallback(() => setOpen("tag"), []),
    openNote: useCallback(() => setOpen("note"), []),
    openGoTo: useCallback(() => setOpen("goto"), []),
    openSave: useCallback(() => setOpen("save"), []),
    openExport: useCallback(() => setOpen("export"), []),
  };
}
