import { Button, DialogBody, DialogFooter, InputGroup } from "@blueprintjs/core";
import { type ReactNode, useState } from "react";
import { flushSync } from "react-dom";
import type { RefusalData } from "../../../../shared/base/errors.ts";
import { fold } from "../../../../shared/filter/match.ts";
import { Dialog } from "../../../parts/dialog.tsx";
import { ErrorPanel } from "../../../parts/error-panel.tsx";
import { Inert } from "../../../parts/inert.tsx";
import { counted } from "../../../text/format.ts";
import type { Picks } from "../rows/picked-calls.ts";
import { type Scope, ScopeChoice } from "./scope-choice.tsx";

/** Tags that are listed at once; typing finds the others. */
const MAX_TAGS = 12;

interface TagDialogProps {
  readonly isOpen: boolean;
  readonly chosen: Picks | undefined;
  readonly all: Picks;
  readonly tags: readonly string[];
  onClose(): void;
  /** Resolves with what refused it. */
  onTag(picks: Picks, tag: string, remove: boolean): Promise<RefusalData | undefined>;
}

/** Puts a tag on calls, or takes one away. */
export function TagDialog({ isOpen, chosen, all, tags, onClose, onTag }: TagDialogProps): ReactNode {
  return (
    <Dialog title="Tag" isOpen={isOpen} onClose={onClose} className="tag-dialog" canOutsideClickClose>
      {isOpen && <TagForm {...{ chosen, all, tags, onClose, onTag }} />}
    </Dialog>
  );
}

function TagForm({ chosen, all, tags, onClose, onTag }: Omit<TagDialogProps, "isOpen">): ReactNode {
  const [scope, setScope] = useState<Scope>(chosen ? "chosen" : "all");
  const [name, setName] = useState("");
  const [refused, setRefused] = useState<RefusalData>();
  const picks = scope === "chosen" && chosen ? chosen : all;
  const known = tags.filter((tag) => fold(tag).includes(fold(name.trim())));
  const what =
    picks.count === 1
      ? "1 call"
      : scope === "all"
        ? `all ${counted(picks.count, "call")}`
        : counted(picks.count, "call");
  const act = async (tag: string, remove: boolean) => {
    const error = await onTag(picks, tag, remove);
    // at once: the next key, pressed when the words are read, is for the rows
    if (error) setRefused(error);
    else flushSync(onClose);
  };
  const isEmpty = name.trim() === "" || picks.count === 0;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isEmpty) void act(name.trim(), false);
      }}
    >
      <DialogBody>
        <ScopeChoice chosen={chosen} all={all} scope={scope} onScope={setScope} />
        <InputGroup
          autoFocus
          value={name}
          onValueChange={setName}
          maxLength={100}
          placeholder="A new tag, or one of these"
          aria-label="Tag"
        />
        {known.length > 0 && (
          <ul className="tag-list" aria-label="Tags of this case">
            {known.slice(0, MAX_TAGS).map((tag) => (
              <li key={tag}>
                <span className={`tag-mark tag-${Math.min(9, tags.indexOf(tag) + 1)}`}>{tags.indexOf(tag) + 1}</span>
                <span className="cut">
                  <Inert text={tag} />
                </span>
                <span className="gap" />
                <Button size="small" text="Add" disabled={picks.count === 0} onClick={() => void act(tag, false)} />
                <Button
                  size="small"
                  text="Take away"
                  disabled={picks.count === 0}
                  onClick={() => void act(tag, true)}
                />
              </li>
            ))}
          </ul>
        )}
        {refused && <ErrorPanel error={refused} />}
      </DialogBody>
      <DialogFooter actions={<Button intent="primary" type="submit" text={`Tag ${what}`} disabled={isEmpty} />}>
        <span className="muted">Undo takes it back.</span>
      </DialogFooter>
    </form>
  );
}
