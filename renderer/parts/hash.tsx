import { type ReactNode, useState } from "react";
import { desktop } from "../session/client.ts";
import { shortHash } from "../text/format.ts";

/** A SHA-256, short; whole in its title, and on the clipboard after a click. */
export function Hash({ sha256 }: { sha256: string }): ReactNode {
  const [isCopied, setIsCopied] = useState(false);
  const copy = () =>
    desktop("copyText", { text: sha256 }).then(
      () => setIsCopied(true),
      () => setIsCopied(false),
    );
  return (
    <button
      type="button"
      className="link mono hash"
      title={`sha256 ${sha256}: click to copy`}
      onClick={copy}
      onBlur={() => setIsCopied(false)}
    >
      {isCopied ? "copied" : shortHash(sha256)}
    </button>
  );
}
