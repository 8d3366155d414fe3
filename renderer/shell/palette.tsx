import { MenuItem } from "@blueprintjs/core";
import { Omnibar } from "@blueprintjs/select";
import { type ReactNode, useMemo, useState, useSyncExternalStore } from "react";
import { COMMAND_IDS, type CommandId, commandOf, keysOf } from "../../shared/contract/commands.ts";
import { shownKeys } from "../../shared/contract/key-chords.ts";
import type { SavedFilter } from "../../shared/model/explore.ts";
import { isMac } from "../commands/platform.ts";
import { AT_ONCE } from "../parts/dialog.tsx";
import { Inert, inertText } from "../parts/inert.tsx";
import { useSession, useShared } from "../session/session.tsx";
import { withOverlay } from "../session/state.ts";
import { useAsk } from "../session/use-ask.ts";

type Item =
  | {
      readonly kind: "command";
      readonly id: CommandId;
      readonly title: string;
      readonly keys: string;
      readonly why?: string;
    }
  | { readonly kind: "developer"; readonly id: string; readonly title: string }
  | { readonly kind: "filter"; readonly id: string; readonly title: string; readonly saved: SavedFilter };

const MAX_RESULTS = 40;

/** Everything one can do or go to, by typing a part of its name. What cannot be done now says why. */
export function Palette(): ReactNode {
  const session = useSession();
  const isOpen = useShared((state) => state.overlay?.kind === "palette");
  const hasCase = useShared((state) => state.info !== undefined);
  const version = useSyncExternalStore(
    (listener) => session.commands.subscribe(listener),
    () => session.commands.version,
  );
  const activity = useAsk("activity", isOpen && hasCase ? {} : undefined);
  const filters = useAsk("savedFilters", isOpen && hasCase ? {} : undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version stands for the handlers
  const items = useMemo(
    () => [
      ...commandItems(session.commands),
      ...filterItems(hasCase ? (filters.reply?.filters ?? []) : []),
      ...developerItems(hasCase ? (activity.reply?.developers ?? []) : []),
    ],
    [version, activity.reply, filters.reply, hasCase, session],
  );
  const [query, setQuery] = useState("");
  const [opening, setOpening] = useState({ isOpen, count: 0 });
  if (opening.isOpen !== isOpen) setOpening({ isOpen, count: opening.count + (isOpen ? 1 : 0) });
  const close = () => {
    setQuery("");
    session.store.update((state) => withOverlay(state, undefined));
  };

  return (
    <Omnibar<Item>
      // each opening has a field of its own: opened while the last one fades out, it would begin with that one's words
      key={opening.count}
      className="palette"
      overlayProps={AT_ONCE}
      isOpen={isOpen}
      items={items}
      query={query}
      onQueryChange={setQuery}
      onClose={close}
      inputProps={{ placeholder: "A command, a screen, a developer, a saved filter", "aria-label": "Command" }}
      itemListPredicate={(query, all) => matching(query, all).slice(0, MAX_RESULTS)}
      itemDisabled={(item) => item.kind === "command" && item.why !== undefined}
      noResults={<MenuItem disabled text="Nothing of that name." />}
      itemRenderer={(item, { handleClick, handleFocus, modifiers, ref }) => (
        <MenuItem
          key={`${item.kind} ${item.id}`}
          ref={ref ?? null}
          active={modifiers.active}
          disabled={modifiers.disabled}
          onClick={handleClick}
          {...(handleFocus ? { onFocus: handleFocus } : {})}
          text={<Inert text={item.title} />}
          label={
            item.kind === "command" ? (item.why ?? item.keys) : item.kind === "filter" ? "saved filter" : "developer"
          }
        />
      )}
      onItemSelect={(item) => {
        close();
        if (item.kind === "developer") session.go({ screen: "developer", of: item.id });
        else if (item.kind === "filter")
          session.go({ screen: "explore", text: item.saved.filter, sort: item.saved.sort });
        else session.commands.run(item.id);
      }}
    />
  );
}

function commandItems(commands: ReturnType<typeof useSession>["commands"]): Item[] {
  return COMMAND_IDS.filter((id) => id !== "palette" && !commandOf(id).isNative).map((id) => {
    const handler = commands.find(id);
    const why = handler?.isEnabled ? undefined : (handler?.why ?? "not on this screen");
    const keys = keysOf(id, isMac)
      .map((each) => shownKeys(each, isMac))
      .join(", ");
    return { kind: "command", id, title: commandOf(id).title, keys, ...(why === undefined ? {} : { why }) };
  });
}

const filterItems = (filters: readonly SavedFilter[]): Item[] =>
  filters.map((saved) => ({ kind: "filter", id: saved.name, title: saved.name, saved }));

const developerItems = (developers: readonly { developer_id: string; developer: string }[]): Item[] =>
  developers.map(({ developer_id, developer }) => ({ kind: "developer", id: developer_id, title: developer }));

/** Every typed word begins or lies in the title; what can be done comes before what cannot, beginnings before middles. */
function matching<T extends { readonly title: string; readonly why?: string }>(
  query: string,
  items: readonly T[],
): T[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const rank = (item: T) => {
    const title = inertText(item.title).toLowerCase();
    if (!words.every((word) => title.includes(word))) return undefined;
    const isBeginning = words.every((word) => title.split(/\s+/).some((part) => part.startsWith(word)));
    return (item.why === undefined ? 0 : 2) + (isBeginning ? 0 : 1);
  };
  return items
    .map((item, index) => ({ item, index, rank: rank(item) }))
    .filter((each): each is { item: T; index: number; rank: number } => each.rank !== undefined)
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ item }) => item);
}
