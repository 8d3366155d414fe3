import { type RefObject, useLayoutEffect, useState } from "react";

/** The width of an element in CSS pixels, kept current; 0 before it is laid out. */
export function useWidth(element: RefObject<Element | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const here = element.current;
    if (!here) return;
    const measure = () => setWidth(here.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(here);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
