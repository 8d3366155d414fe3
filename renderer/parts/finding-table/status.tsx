import { Button, MenuItem, Popover } from "@blueprintjs/core";
import { CaretDown, CrossCircle, Flag, Issue, TickCircle } from "@blueprintjs/icons";
import type { ReactElement, ReactNode } from "react";
import type { Disposition } from "../../../shared/model/finding.ts";
import { ArrowMenu } from "../arrow-menu.tsx";
import { inertText } from "../inert.tsx";
import { DECISIONS, type Decide, type Subject } from "./decide.tsx";

const ICON = { size: 12, "aria-hidden": true } as const;
const ICONS: Readonly<Record<Disposition, ReactElement>> = {
  open: <Issue {...ICON} />,
  confirmed: <TickCircle {...ICON} />,
  dismissed: <CrossCircle {...ICON} />,
  disputed: <Flag {...ICON} />,
};
const DISPOSITION_KEYS: Readonly<Partial<Record<Disposition, string>>> = {
  confirmed: "c",
  dismissed: "d",
  disputed: "x",
  open: "u",
};
const DISPOSITIONS = ["confirmed", "dismissed", "disputed", "open"] as const;

/** What was decided: icon and word. */
export function Status({ status }: { status: Disposition }): ReactNode {
  return (
    <span className={`finding-status finding-${status}`}>
      {ICONS[status]}
      <span>{DECISIONS[status].word}</span>
    </span>
  );
}

/** The same as a button with the decisions that can be taken from there. */
export function StatusMenu({
  subject,
  decide,
  isStop,
}: {
  subject: Subject;
  decide: Decide;
  isStop: boolean;
}): ReactNode {
  const choices = DISPOSITIONS.filter((to) => to !== subject.status);
  const menu = (
    <ArrowMenu label="Decide">
      {choices.map((to) => (
        <MenuItem
          key={to}
          icon={ICONS[to]}
          text={DECISIONS[to].verb}
          label={DISPOSITION_KEYS[to] ?? ""}
          disabled={decide.why !== undefined}
          title={decide.why ?? ""}
          onClick={() => decide.ask([subject], to)}
        />
      ))}
    </ArrowMenu>
  );
  return (
    <Popover content={menu} placement="bottom-end" minimal transitionDuration={0} shouldReturnFocusOnClose>
      <Button
        className="finding-menu"
        variant="minimal"
        size="small"
        tabIndex={isStop ? 0 : -1}
        aria-label={`Finding on ${inertText(subject.developer)}: ${DECISIONS[subject.status].word}`}
        text={<Status status={subject.status} />}
        endIcon={<CaretDown {...ICON} />}
      />
    </Popover>
  );
}
