import type { ReactNode } from "react";

/** The looks of the levels as SVG fills: `url(#ID-may)` and `url(#ID-tried)`; got is solid, kept and other have an edge alone. */
export function Patterns({ id }: { id: string }): ReactNode {
  return (
    <defs>
      <pattern id={`${id}-may`} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="4" height="4" className="fill-panel" />
        <rect width="2" height="4" className="fill-may" />
      </pattern>
      <pattern id={`${id}-tried`} width="4" height="4" patternUnits="userSpaceOnUse">
        <rect width="4" height="4" className="fill-panel" />
        <circle cx="2" cy="2" r="1.2" className="fill-tried" />
      </pattern>
      <pattern id={`${id}-gap`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(135)">
        <rect width="6" height="6" className="fill-found" />
        <rect width="1.5" height="6" className="fill-warning" />
      </pattern>
    </defs>
  );
}
