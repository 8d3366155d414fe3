import { Button, Drawer } from "@blueprintjs/core";
import { Cross } from "@blueprintjs/icons";
import type { ReactNode } from "react";

interface SideSheetProps {
  readonly isOpen: boolean;
  readonly title: ReactNode;
  readonly size: number | string;
  readonly className?: string;
  readonly children: ReactNode;
  onClose(): void;
}

/** A drawer at the right edge. Esc, its button and a click beside it close it; the focus goes back to where it was. */
export function SideSheet({ isOpen, title, size, className = "", children, onClose }: SideSheetProps): ReactNode {
  return (
    <Drawer isOpen={isOpen} size={size} className={className} onClose={onClose} onOpening={focusInside}>
      <div className="side-head">
        <h2 className="cut" tabIndex={-1}>
          {title}
        </h2>
        <span className="gap" />
        <Button variant="minimal" aria-label="Close" icon={<Cross size={16} aria-hidden />} onClick={onClose} />
      </div>
      {children}
    </Drawer>
  );
}

/** To what is typed in, else to the heading: the library would leave the focus on a strip of its own. */
function focusInside(drawer: HTMLElement): void {
  (drawer.querySelector<HTMLElement>("input") ?? drawer.querySelector<HTMLElement>("h2"))?.focus();
}
