import type { ReactNode } from "react";
import { ask } from "../../../session/client.ts";
import { useSession } from "../../../session/session.tsx";
import { allOf, picksOf } from "../rows/picked-calls.ts";
import { useActs } from "../rows/use-acts.ts";
import type { Selection } from "../rows/use-selection.ts";
import type { View } from "../state/use-view.ts";
import { ExportDialog } from "./export-dialog.tsx";
import { GoToDialog, type Target } from "./go-to-dialog.tsx";
import { NoteDialog } from "./note-dialog.tsx";
import { TagDialog } from "./tag-dialog.tsx";
import type { DialogActs } from "./use-dialogs.ts";

interface DialogsProps {
  readonly dialogs: DialogActs;
  readonly view: View;
  readonly selection: Selection;
  /** The numbers on the screen are those of the text as it is. */
  readonly isCurrent: boolean;
}

/** What opens over the rows. */
export function Dialogs({ dialogs: { open, close }, view, selection, isCurrent }: DialogsProps): ReactNode {
  const session = useSession();
  const acts = useActs();
  const { reply } = view;
  const chosen = open === undefined ? undefined : picksOf(view, selection.ranges, selection.row);
  const all = allOf(view);
  const go = (target: Target) => {
    if ("row" in target) selection.setRow(target.row - 1);
    else
      void ask("seek", {
        filter: reply.filter,
        ...(reply.sort === undefined ? {} : { sort: reply.sort }),
        time: target.time,
      }).then(
        (found) => found.row !== undefined && selection.setRow(found.row),
        () => session.say("That time could not be found."),
      );
  };
  return (
    <>
      <TagDialog isOpen={open === "tag"} chosen={chosen} all={all} tags={reply.tags} onClose={close} onTag={acts.tag} />
      <NoteDialog isOpen={open === "note"} chosen={chosen} all={all} onClose={close} onNote={acts.note} />
      <GoToDialog isOpen={open === "goto"} count={reply.count} onClose={close} onGo={go} />
      <ExportDialog isOpen={open === "export"} reply={reply} isCurrent={isCurrent} onClose={close} />
    </>
  );
}
