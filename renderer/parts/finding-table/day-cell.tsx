import type { ReactNode } from "react";
import { day, instant } from "../../text/format.ts";

/** The UTC day of a time in a cell, the whole of it in its title. */
export function Day({ time }: { time: string | undefined }): ReactNode {
  if (time === undefined) return <span className="muted">none</span>;
  return (
    <span className="mono" title={instant(time)}>
      {day(time)}
    </span>
  );
}
