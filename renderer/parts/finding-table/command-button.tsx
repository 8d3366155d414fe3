import { Button } from "@blueprintjs/core";
import type { ReactElement } from "react";
import type { CommandId } from "../../../shared/contract/commands.ts";
import { useCommandState } from "../../session/use-command.ts";

/** A button for a command, with why it cannot be pressed. */
export function CommandButton({ id, text }: { id: CommandId; text: string }): ReactElement {
  const { isEnabled, why, run } = useCommandState(id);
  return <Button intent="primary" text={text} disabled={!isEnabled} title={why ?? ""} onClick={run} />;
}
