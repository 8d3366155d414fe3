import {
  Box,
  Chat,
  Cog,
  Database,
  Endorsed,
  GanttChart,
  Help,
  Link,
  People,
  Search,
  TimelineBarChart,
} from "@blueprintjs/icons";
import { type KeyboardEvent, type ReactNode, useRef } from "react";
import type { Screen } from "../session/places.ts";
import { usePlace, useSession, useShared } from "../session/session.tsx";
import { withOverlay } from "../session/state.ts";

const ICON = { size: 16, "aria-hidden": true } as const;

/** The screens of a case in the order of the rail: Mod+1 to Mod+9, or `g` and the letter. */
export const RAIL = [
  { screen: "sources", name: "Sources", letter: "s", icon: <Database {...ICON} /> },
  { screen: "explore", name: "Explore", letter: "e", icon: <Search {...ICON} /> },
  { screen: "answer", name: "Answer", letter: "a", icon: <TimelineBarChart {...ICON} /> },
  { screen: "developers", name: "Developers", letter: "d", icon: <People {...ICON} /> },
  { screen: "claims", name: "Claims", letter: "c", icon: <Chat {...ICON} /> },
  { screen: "remedy", name: "Remedy", letter: "r", icon: <Endorsed {...ICON} /> },
  { screen: "coverage", name: "Coverage", letter: "v", icon: <GanttChart {...ICON} /> },
  { screen: "bundle", name: "Bundle", letter: "b", icon: <Box {...ICON} /> },
  { screen: "custody", name: "Custody", letter: "l", icon: <Link {...ICON} /> },
] as const satisfies readonly { screen: Screen; name: string; letter: string; icon: ReactNode }[];

/** Screens without a place in the rail, and the one that stands for them. */
const PARENT_SCREEN: Partial<Record<Screen, Screen>> = {
  developer: "developers",
  import: "sources",
  policy: "sources",
  registry: "sources",
  clocks: "remedy",
  changes: "custody",
};

/** The screens of the case, as one stop of Tab with arrows inside. */
export function Rail(): ReactNode {
  const session = useSession();
  const place = usePlace();
  const isOpen = useShared((state) => state.info !== undefined);
  const list = useRef<HTMLElement>(null);
  const current = PARENT_SCREEN[place.screen] ?? place.screen;

  const move = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const buttons = [...(list.current?.querySelectorAll<HTMLButtonElement>("button:not(:disabled)") ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    buttons[(at + by + buttons.length) % buttons.length]?.focus();
  };
  const help = () => session.store.update((state) => withOverlay(state, { kind: "help" }));
  const stop = isOpen && RAIL.some(({ screen }) => screen === current) ? current : "help";

  return (
    <nav ref={list} className="rail" aria-label="Screens" data-region onKeyDown={move}>
      {RAIL.map(({ screen, name, icon }, index) => (
        <button
          key={screen}
          type="button"
          className="rail-item"
          disabled={!isOpen}
          tabIndex={screen === stop ? 0 : -1}
          aria-current={screen === current ? "page" : undefined}
          title={isOpen ? `${name} (${index + 1})` : `${name}: open a case first`}
          onClick={() => session.go({ screen })}
        >
          {icon}
          <span className="rail-name">{name}</span>
        </button>
      ))}
      <span className="rail-gap" />
      <button type="button" className="rail-item" tabIndex={stop === "help" ? 0 : -1} title="Help (F1)" onClick={help}>
        <Help {...ICON} />
        <span className="rail-name">Help</span>
      </button>
      <button
        type="button"
        className="rail-item"
        tabIndex={-1}
        aria-current={current === "settings" ? "page" : undefined}
        title="Settings"
        onClick={() => session.go({ screen: "settings" })}
      >
        <Cog {...ICON} />
        <span className="rail-name">Settings</span>
      </button>
    </nav>
  );
}
