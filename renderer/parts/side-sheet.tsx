import { Button, Classes, Overlay2 } from "@blueprintjs/core";
import { Cross } from "@blueprintjs/icons";
import { type ReactNode, useId } from "react";
import { AT_ONCE } from "./dialog.tsx";
import { focusInside } from "./focus-inside.ts";

interface SideSheetProps {
  readonly isOpen: boolean;
  readonly title: ReactNode;
  readonly size: number | string;
  readonly className?: string;
  readonly children: ReactNode;
  onClose(): void;
}

/**
 * A drawer at the right edge. Esc, its button and a click beside it close it; the focus goes back to where it was. The library's
 * own takes neither role nor name: nothing would say that it is a dialog, and keys would act on what lies behind it.
 */
export function SideSheet({ isOpen, title, size, className = "", children, onClose }: SideSheetProps): ReactNode {
  const id = useId();
  return (
    <Overlay2 {...AT_ONCE} isOpen={isOpen} onClose={onClose} onOpening={focusInside}>
      <div
        role="dialog"
        aria-modal
        aria-labelledby={id}
        className={`${Classes.DRAWER} ${Classes.POSITION_RIGHT} ${className}`}
        style={{ width: size }}
      >
        <div className="side-head">
          <h2 id={id} className="cut" tabIndex={-1}>
            {title}
          </h2>
          <span className="gap" />
          <Button variant="minimal" aria-label="Close" icon={<Cross size={16} aria-hidden />} onClick={onClose} />
        </div>
        {children}
      </div>
    </Overlay2>
  );
}
