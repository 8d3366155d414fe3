import { useState } from "react";
import { useShared } from "./session.tsx";

/** What is being written and not saved yet, kept on this machine: neither a crash of the page nor one Esc too many loses a sentence. */

const keyOf = (folder: string, name: string) => `unsaved ${folder} ${name}`;

export const unsaved = (folder: string, name: string): string => localStorage.getItem(keyOf(folder, name)) ?? "";

/** An empty text is forgotten. */
export function keepUnsaved(folder: string, name: string, text: string): void {
  try {
    if (text === "") localStorage.removeItem(keyOf(folder, name));
    else localStorage.setItem(keyOf(folder, name), text);
  } catch {
    // a full or forbidden store costs a convenience, not evidence
  }
}

/** The text of a field of this case, found again wherever a field of this name is next shown. Set it empty once it is saved. */
export function useUnsaved(name: string): [text: string, set: (text: string) => void] {
  const folder = useShared((state) => state.info?.case ?? "");
  const [text, setText] = useState(() => unsaved(folder, name));
  return [
    text,
    (next) => {
      setText(next);
      keepUnsaved(folder, name, next);
    },
  ];
}
