import { type DialogProps, Dialog as LibraryDialog, type OverlayProps } from "@blueprintjs/core";
import type { ReactNode } from "react";

/**
 * What lies over the screen is there and gone at once: a key pressed while it fades would be nobody's. The focus is given back
 * by `commands/keep-focus.ts`, in the same moment; the library does it later, when another key may have moved it already.
 */
export const AT_ONCE = { transitionDuration: 0, shouldReturnFocusOnClose: false } satisfies Partial<OverlayProps>;

export function Dialog(props: DialogProps): ReactNode {
  return <LibraryDialog {...AT_ONCE} {...props} />;
}
