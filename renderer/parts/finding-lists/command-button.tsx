import { Button } from "@blueprintjs/core";
import type { ReactElement } from "react";
import type { CommandId } from "../../../shared/contract/commands.ts";
import { useCommandState } from "../../session/use-command.ts";

/** A button for a command of the window: disabled with the command's own reason. */
export function CommandButton({
  id,
  text,
  isSmall = false,
}: {
  id: CommandId;
  text: string;
  /** Beside another button, not the only one. */
  isSmall?: boolean;
}): ReactElement {
  const { isEnabled, why, run } = useCommandState(id);
  return (
    <Button
      {...(isSmall ? { size: "small", variant: "outlined" } : { intent: "primary" })}
      text={text}
      disabled={!isEnabled}
      title={why ?? ""}
      onClick={run}
    />
  );
}
