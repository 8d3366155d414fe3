import type { ReactNode } from "react";
import type { CallDetail } from "../../../shared/model/explore.ts";
import { minute } from "../../text/format.ts";
import { Inert } from "../inert.tsx";

/** What was noted on the call, by whom and when. */
export function NotesPanel({ call }: { call: CallDetail }): ReactNode {
  if (call.notes.length === 0) return <p className="detail-none muted">No notes. n writes one.</p>;
  return (
    <ol className="notes">
      {call.notes.map((note) => (
        <li key={`${note.at} ${note.text}`}>
          <p className="notes-text">
            <Inert text={note.text} most={20_000} />
          </p>
          <p className="muted">
            <Inert text={note.by} />, {minute(note.at)}
          </p>
        </li>
      ))}
    </ol>
  );
}
