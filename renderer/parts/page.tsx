import { type ReactNode, useEffect, useRef } from "react";

interface PageProps {
  /** The screen's heading, once on the page. */
  readonly title: string;
  /** Beside the heading: what is in force, when it was calculated. */
  readonly beside?: ReactNode;
  /** At the right end of the heading's line. */
  readonly actions?: ReactNode;
  /** A column of 960, as Answer; else the whole width. */
  readonly isNarrow?: boolean;
  readonly children: ReactNode;
}

/** The frame of a screen: one heading, one region that scrolls by itself, never the page. */
export function Page({ title, beside, actions, isNarrow = false, children }: PageProps): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  // a new screen starts at its heading for those who hear it; a click elsewhere in the meantime keeps its focus
  useEffect(() => {
    if (document.activeElement === document.body || document.activeElement === null)
      heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className={isNarrow ? "page narrow" : "page"} data-region>
      <div className="page-inside">
        <div className="page-head">
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {beside !== undefined && <div className="page-beside muted">{beside}</div>}
          <span className="gap" />
          {actions !== undefined && <div className="row-of-buttons">{actions}</div>}
        </div>
        {children}
      </div>
    </div>
  );
}

/** A titled part of a screen. */
export function Section({
  title,
  actions,
  children,
}: {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
}): ReactNode {
  return (
    <section className="section" aria-label={title}>
      <div className="section-head">
        <h2>{title}</h2>
        <span className="gap" />
        {actions !== undefined && <div className="row-of-buttons">{actions}</div>}
      </div>
      {children}
    </section>
  );
}
