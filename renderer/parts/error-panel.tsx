import { Button } from "@blueprintjs/core";
import { Error as ErrorIcon } from "@blueprintjs/icons";
import { type ReactNode, useState } from "react";
import type { RefusalData } from "../../shared/base/errors.ts";
import { desktop } from "../session/client.ts";
import { Inert } from "./inert.tsx";

/** What happened and where, what to do, [Copy details]: beside the thing that caused it. */
export function ErrorPanel({ error, actions }: { error: RefusalData; actions?: ReactNode }): ReactNode {
  return (
    <div className="error-panel" role="alert">
      <ErrorIcon className="danger" size={16} aria-hidden />
      <div className="error-words">
        <p>
          <Inert text={error.what} />.
        </p>
        <p className="muted">
          <Inert text={capital(error.todo)} />.
        </p>
      </div>
      <div className="row-of-buttons">
        {actions}
        <CopyButton text={details(error)} label="Copy details" />
      </div>
    </div>
  );
}

/** Puts a text on the clipboard, and says so in its own place. */
function CopyButton({ text, label }: { text: string; label: string }): ReactNode {
  const [said, setSaid] = useState<string>();
  const copy = () =>
    desktop("copyText", { text }).then(
      () => setSaid("Copied"),
      () => setSaid("The clipboard refused"),
    );
  return (
    <Button size="small" variant="outlined" text={said ?? label} onClick={copy} onBlur={() => setSaid(undefined)} />
  );
}

function details({ code, what, todo, position }: RefusalData): string {
  return [`${what}: ${todo}`, `code: ${code}`, ...(position === undefined ? [] : [`position: ${position}`])].join("\n");
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
