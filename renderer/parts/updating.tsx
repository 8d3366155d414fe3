import { Button } from "@blueprintjs/core";
import type { ReactNode } from "react";
import type { Asked } from "../session/use-ask.ts";
import { ErrorPanel } from "./error-panel.tsx";
import { progressWords } from "./progress.ts";

/**
 * What a request answers, in each of its states: nothing for 0.1 s, then the old content dimmed with "updating", after a second
 * with its amount and Cancel; an error above the last good answer. At first load grey lines stand in.
 */
export function Updating<T>({ asked, children }: { asked: Asked<T>; children: (reply: T) => ReactNode }): ReactNode {
  const { reply, error, isUpdating, isLong, progress } = asked;
  return (
    <div className="updating" aria-busy={isUpdating}>
      {error && error.code !== "cancelled" && (
        <ErrorPanel
          error={error}
          actions={<Button size="small" variant="outlined" text="Try again" onClick={asked.again} />}
        />
      )}
      {error?.code === "cancelled" && (
        <p className="updating-line">
          Stopped before it was done.{" "}
          <button type="button" className="link" onClick={asked.again}>
            Go on
          </button>
        </p>
      )}
      {isUpdating && (
        <p className="updating-line" role="status">
          updating{isLong && progress ? `: ${progressWords(progress)}` : ""}{" "}
          {isLong && (
            <button type="button" className="link" onClick={asked.cancel}>
              Cancel
            </button>
          )}
        </p>
      )}
      {reply === undefined ? (
        isUpdating && <Skeleton />
      ) : (
        <div className={isUpdating ? "dimmed" : "fresh"}>{children(reply)}</div>
      )}
    </div>
  );
}

function Skeleton(): ReactNode {
  return (
    <div className="skeleton" aria-hidden>
      {[80, 64, 72, 48].map((width) => (
        <span key={width} className="bp6-skeleton" style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}
