import type { ReactNode } from "react";
import { figure } from "../../shared/base/figure.ts";

// Controls, everything that turns, joins or hides text, line separators and lone surrogates. An attacker's log can reorder a line on
// screen, hide a word or move a terminal's cursor with them: they are shown by their number instead.
const UNSEEN_CHARACTERS = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** One piece of text, or one character that must not act, by its code: `U+202E`. */
export interface Piece {
  readonly text: string;
  readonly isControl: boolean;
}

/** Nothing but printable ASCII, as nearly every text of a log: there is nothing to look for in it. */
export const isPlain = (text: string): boolean => /^[ -~]*$/u.test(text);

/** A text cut at every character that cannot be seen. Joined again, the plain pieces are the text without them. */
export function pieces(text: string): Piece[] {
  if (isPlain(text)) return text === "" ? [] : [{ text, isControl: false }];
  const found: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(UNSEEN_CHARACTERS)) {
    if (match.index > at) found.push({ text: text.slice(at, match.index), isControl: false });
    const code = (match[0].codePointAt(0) as number).toString(16).toUpperCase().padStart(4, "0");
    found.push({ text: `U+${code}`, isControl: true });
    at = match.index + match[0].length;
  }
  if (at < text.length) found.push({ text: text.slice(at), isControl: false });
  return found;
}

/** The same as plain text, for attributes such as `title` and `aria-label`. */
export function inertText(text: string): string {
  return pieces(text)
    .map((piece) => (piece.isControl ? `<${piece.text}>` : piece.text))
    .join("");
}

/** Text from a log, as text: nothing in it acts. `most`: characters shown; the rest is counted, so that a 10 MB cell stays cheap. */
export function Inert({ text, most = 2000 }: { text: string; most?: number }): ReactNode {
  const shown = text.length > most ? text.slice(0, most) : text;
  const rest = text.length - shown.length;
  return (
    <bdi>
      {pieces(shown).map((piece, index) =>
        piece.isControl ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text never move
          <span key={index} className="control">
            {piece.text}
          </span>
        ) : (
          piece.text
        ),
      )}
      {rest > 0 && <span className="muted"> and {figure(rest)} more characters</span>}
    </bdi>
  );
}
