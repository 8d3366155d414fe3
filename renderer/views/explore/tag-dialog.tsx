import { Button, DialogBody, DialogFooter, InputGroup, Radio, RadioGroup, TextArea } from "@blueprintjs/core";
import { type ReactNode, useState } from "react";
import { flushSync } from "react-dom";
import type { RefusalData } from "../../../shared/base/errors.ts";
import { fold } from "../../../shared/filter/match.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Inert } from "../../parts/inert.tsx";
import { useUnsaved } from "../../session/use-unsaved.ts";
import { counted } from "../../text/format.ts";
import type { Picks } from "./picks.ts";

type Scope = "chosen" | "all";

interface ScopeProps {
  readonly chosen: Picks | undefined;
  readonly all: Picks;
  readonly scope: Scope;
  onScope(scope: Scope): void;
}

/** One call, some, or everything the filter matches: said with its number. */
function ScopeChoice({ chosen, all, scope, onScope }: ScopeProps): ReactNode {
  return (
    <RadioGroup name="scope" selectedValue={scope} onChange={(event) => onScope(event.currentTarget.value as Scope)}>
      {chosen && (
        <Radio
          value="chosen"
          label={chosen.count === 1 ? "This call" : `The ${counted(chosen.count, "selected call")}`}
        />
      )}
      <Radio value="all" label={`All ${counted(all.count, "call")} that the filter matches`} />
    </RadioGroup>
  );
}

interface TagDialogProps {
  readonly isOpen: boolean;
  readonly chosen: Picks | undefined;
  readonly all: Picks;
  readonly tags: readonly string[];
  onClose(): void;
  /** Resolves with what refused it. */
  onTag(picks: Picks, tag: string, remove: boolean): Promise<RefusalData | undefined>;
}

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
            {known.slice(0, 12).map((tag) => (
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

interface NoteDialogProps {
  readonly isOpen: boolean;
  readonly chosen: Picks | undefined;
  readonly all: Picks;
  onClose(): void;
  onNote(picks: Picks, note: string): Promise<RefusalData | undefined>;
}

export function NoteDialog({ isOpen, chosen, all, onClose, onNote }: NoteDialogProps): ReactNode {
  return (
    <Dialog title="Note" isOpen={isOpen} onClose={onClose} canOutsideClickClose={false}>
      {isOpen && <NoteForm {...{ chosen, all, onClose, onNote }} />}
    </Dialog>
  );
}

function NoteForm({ chosen, all, onClose, onNote }: Omit<NoteDialogProps, "isOpen">): ReactNode {
  const [scope, setScope] = useState<Scope>(chosen ? "chosen" : "all");
  const [text, setText] = useUnsaved("note");
  const [refused, setRefused] = useState<RefusalData>();
  const picks = scope === "chosen" && chosen ? chosen : all;
  const isEmpty = text.trim() === "" || picks.count === 0;
  const act = async () => {
    const error = await onNote(picks, text);
    if (error) return setRefused(error);
    setText("");
    flushSync(onClose);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isEmpty) void act();
      }}
    >
      <DialogBody>
        <ScopeChoice chosen={chosen} all={all} scope={scope} onScope={setScope} />
        <TextArea
          autoFocus
          fill
          rows={4}
          value={text}
          maxLength={20_000}
          aria-label="Note"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !isEmpty) void act();
          }}
        />
        {refused && <ErrorPanel error={refused} />}
      </DialogBody>
      <DialogFooter
        actions={
          <Button intent="primary" type="submit" text={`Note on ${counted(picks.count, "call")}`} disabled={isEmpty} />
        }
      />
    </form>
  );
}
