import { Dialog, DialogBody } from "@blueprintjs/core";
import type { ReactNode } from "react";
import { COMMAND_IDS, type CommandId, commandOf, keysOf, MENUS } from "../../shared/commands.ts";
import { shownKeys } from "./keys.ts";
import { isMac } from "./platform.ts";
import { useSession, useShared } from "./session.tsx";
import { withOverlay } from "./state.ts";

/** Every key there is, from the table of commands. Those that do nothing on this screen are grey. */
export function KeysOverlay(): ReactNode {
  const session = useSession();
  const isOpen = useShared((state) => state.overlay?.kind === "keys");
  const singleKeys = useShared((state) => state.settings.singleKeys);
  const close = () => session.store.update((state) => withOverlay(state, undefined));
  return (
    <Dialog isOpen={isOpen} title="Keys" className="keys-overlay" onClose={close}>
      <DialogBody useOverflowScrollContainer={false}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the list is scrolled with the arrow keys */}
        <div className="keys-scroll" tabIndex={0} role="group" aria-label="Keys">
          {!singleKeys && <p className="warning">Single keys are turned off in Settings.</p>}
          <div className="keys-columns">
            {MENUS.map((menu) => (
              <KeysOf
                key={menu}
                title={menu}
                ids={COMMAND_IDS.filter((id) => commandOf(id).menu === menu && keysOf(id, isMac).length > 0)}
              />
            ))}
            <section className="keys-group">
              <h3>In lists</h3>
              <dl>
                {MOVES.map(([keys, what]) => (
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
          </div>
        </div>
      </DialogBody>
    </Dialog>
  );
}

const MOVES = [
  ["Up Down j k", "move"],
  ["PgUp PgDn", "a page"],
  ["Home End", "ends of the row"],
  ["Shift+Up Shift+Down", "extend the selection"],
  ["Esc", "out one step"],
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
