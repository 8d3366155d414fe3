import { Menu } from "@blueprintjs/core";
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";

interface ArrowMenuProps {
  readonly label: string;
  readonly className?: string;
  /** `listbox`: its lines are chosen, and stay. */
  readonly role?: "menu" | "listbox";
  readonly children: ReactNode;
}

/** A menu that takes the focus and is walked with the arrow keys; the library's own knows Tab alone. */
export function ArrowMenu({ label, className = "", role = "menu", children }: ArrowMenuProps): ReactNode {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => itemsOf(list.current)[0]?.focus({ preventScroll: true }), []);
  const onKeyDown = (event: KeyboardEvent) => {
    const items = itemsOf(list.current);
    const at = items.indexOf(document.activeElement as HTMLElement);
    const to: Record<string, number> = {
      ArrowDown: (at + 1) % items.length,
      ArrowUp: (Math.max(at, 0) - 1 + items.length) % items.length,
      Home: 0,
      End: items.length - 1,
    };
    const next = to[event.key];
    if (next === undefined) return;
    event.preventDefault();
    items[next]?.focus();
  };
  return (
    <Menu ulRef={list} role={role} aria-label={label} className={className} onKeyDown={onKeyDown}>
      {children}
    </Menu>
  );
}

/** What cannot be done now is walked too: it says why. */
const itemsOf = (list: HTMLUListElement | null): HTMLElement[] => [
  ...(list?.querySelectorAll<HTMLElement>(":scope > li > .bp6-menu-item, :scope > li > .bp6-popover-target") ?? []),
];
