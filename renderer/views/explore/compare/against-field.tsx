import { type ReactNode, useId, useRef, useState } from "react";
import { mistakeIn } from "../../../parts/filter-bar/draft.ts";
import { sentence } from "../../../parts/filter-bar/sentence.ts";
import { Inert } from "../../../parts/inert.tsx";

/** The second filter's text: Enter or leaving it applies, Esc brings the one that holds back. */
export function AgainstField({
  against,
  error,
  onAgainst,
}: {
  against: string;
  error: string | undefined;
  onAgainst(text: string): void;
}): ReactNode {
  const id = useId();
  const [text, setText] = useState(against);
  const before = useRef(against);
  if (before.current !== against) {
    before.current = against;
    setText(against);
  }
  const mistake = mistakeIn(text);
  const words = mistake ? sentence(mistake) : error;
  const apply = () => {
    if (!mistake && text !== against) onAgainst(text);
  };
  return (
    <div className="compare-field">
      <input
        className="bp6-input mono"
        aria-label="Second filter"
        aria-invalid={words !== undefined}
        aria-describedby={words === undefined ? undefined : id}
        placeholder="Every call"
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={apply}
        onKeyDown={(event) => {
          if (event.key === "Enter") apply();
          else if (event.key === "Escape" && text !== against) {
            event.preventDefault();
            setText(against);
          }
        }}
      />
      {words !== undefined && (
        <p id={id} className="compare-mistake" role="alert">
          <Inert text={words} />
        </p>
      )}
    </div>
  );
}
