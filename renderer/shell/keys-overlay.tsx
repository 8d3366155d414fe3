import { DialogBody } from "@blueprintjs/core";
import type { ReactNode } from "react";
import { COMMAND_IDS, type CommandId, commandOf, keysOf, MENUS } from "../../shared/contract/commands.ts";
import { shownKeys } from "../../shared/contract/key-chords.ts";
import { isMac } from "../commands/platform.ts";
import { Dialog } from "../parts/dialog.tsx";
import { useSession, useShared } from "../session/session.tsx";
import { withOverlay } from "../session/state.ts";

/** Every key there is, from the table of commands. Those that do nothing on this screen are grey. */
export function KeysOverlay(): ReactNode {
  const session = useSession();
  const isOpen = useShared((state) => state.overlay?.kind === "keys");
  const singleKeys = useShared((state) => state.settings.singleKeys);
  const close = () => session.store.update((state) => withOverlay(state, undefined));
  return (
    <Dialog isOpen={isOpen} title="Keys" className="keys-overlay" onClose={close} onOpening={focusList}>
      <DialogBody useOverflowScrollContainer={false}>
        <div className="keys-scroll" tabIndex={0} role="group" aria-label="Keys">
          {!singleKeys && <p className="warning">Single keys are turned off in Settings.</p>}
          <div className="keys-columns">
            {MENUS.map((menu) => (
              <KeysOf
                key={menu}
                title={menu}
                ids={COMMAND_IDS.filter(
                  (id) => commandOf(id).menu === menu && keysOf(id, isMac).length > 0 && !id.startsWith("tag."),
                )}
              />
            ))}
            {PARTS.map(([title, moves]) => (
              <section key={title} className="keys-group">
                <h3>{title}</h3>
                <dl>
                  {moves.map(([keys, what]) => (
                    <div key={keys} className="keys-row">
                      <dt>{what}</dt>
                      <dd>
                        {keys.split(" ").map((key) => (
                          <kbd key={key}>{shownKeys(key, isMac)}</kbd>
                        ))}
                      </dd>
                    </div>
                  ))}
                </dl>
              </section>
            ))}
          </div>
        </div>
      </DialogBody>
    </Dialog>
  );
}

/** The list scrolls with the arrows. */
const focusList = (dialog: HTMLElement) => dialog.querySelector<HTMLElement>(".keys-scroll")?.focus();

/** Keys that are no commands: they belong to the part that has the focus. */
const PARTS = [
  [
    "In lists",
    [
      ["Up Down j k", "Move"],
      ["PgUp PgDn", "A page"],
      ["Home End", "Ends of the row"],
      ["Shift+Up Shift+Down", "Select along"],
      ["1 … 9", "Tag, by its number"],
      ["t", "Another tag"],
      ["Esc", "Out one step"],
    ],
  ],
  [
    "Over the histogram",
    [
      ["Left Right", "Move one end"],
      ["Shift+Left Shift+Right", "Move the range"],
      ["Enter", "Apply the range"],
    ],
  ],
] as const;

function KeysOf({ title, ids }: { title: string; ids: readonly CommandId[] }): ReactNode {
  const { commands } = useSession();
  if (ids.length === 0) return null;
  return (
    <section className="keys-group">
      <h3>{title}</h3>
      <dl>
        {ids.map((id) => (
          <div
            key={id}
            className={commandOf(id).isNative || commands.find(id)?.isEnabled ? "keys-row" : "keys-row muted"}
          >
            <dt>{commandOf(id).title}</dt>
            <dd>
              {keysOf(id, isMac).map((keys) => (
                <span key={keys} className="keys-one">
                  {keys.split(" ").map((key, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: `g g` is twice the same key
                    <kbd key={index}>{shownKeys(key, isMac)}</kbd>
                  ))}
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
