import { useEffect, useState } from "react";

/** Where keys act, and where a selection is extended from. Changes of it are not drawn. */
export interface Cursor {
  column: string;
  /** The row that was gone to last, by whatever way, without Shift. */
  anchor: number;
  /** The next change of the current row is one of the selection's end. */
  isExtending: boolean;
}

export function useCursor(row: number): Cursor {
  const [cursor] = useState<Cursor>(() => ({ column: "time", anchor: 0, isExtending: false }));
  useEffect(() => {
    if (!cursor.isExtending) cursor.anchor = row;
    cursor.isExtending = false;
  }, [cursor, row]);
  return cursor;
}
