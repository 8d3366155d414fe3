import { type ReactNode, type RefObject, useMemo } from "react";
import { pieces } from "../inert.tsx";
import { coloured, withMark } from "./colour.ts";

interface ColouredCopyProps {
  readonly element: RefObject<HTMLDivElement | null>;
  readonly text: string;
  /** Where the text stops making sense, in UTF-16 units from 1; absent: nowhere. */
  readonly position: number | undefined;
}

/** The filter's text in colours, under the input that it is written in. */
export function ColouredCopy({ element, text, position }: ColouredCopyProps): ReactNode {
  const parts = useMemo(() => {
    const all = coloured(text);
    return position === undefined ? all : withMark(all, position);
  }, [text, position]);
  return (
    <div ref={element} className="filter-copy mono" aria-hidden>
      {parts.map((part, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
          key={index}
          className={"isMarked" in part ? `filter-is-${part.kind} filter-mark` : `filter-is-${part.kind}`}
        >
          <Plain text={part.text} />
        </span>
      ))}
      {position !== undefined && position > text.length && <span className="filter-mark"> </span>}
    </div>
  );
}

/**
 * What cannot be seen, and what turns the text around it, as a mark without width: the copy stays under its input, and a value from a
 * log shows its characters in the order that they have.
 */
function Plain({ text }: { text: string }): ReactNode {
  return pieces(text).map((piece, index) =>
    piece.isControl ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text never move
      <span key={index} className="filter-control" />
    ) : (
      piece.text
    ),
  );
}
